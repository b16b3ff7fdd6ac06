/** The lookbacks every SLO is measured over, beside its own window. Seconds. */
export const LOOKBACKS = { m5: 300, m30: 1800, h1: 3600, h2: 7200, h6: 21_600, h24: 86_400, h72: 259_200 } as const
export type Lookback = keyof typeof LOOKBACKS
