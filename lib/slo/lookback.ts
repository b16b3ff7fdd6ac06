/** The lookbacks every SLO is measured over, beside its own window. Seconds. */
export const LOOKBACKS = { m5: 300, m30: 1800, h1: 3600, h2: 7200, h6: 21_600, h24: 86_400, h72: 259_200 } as const
export type Lookback = keyof typeof LOOKBACKS

const BY_LENGTH = new Map(Object.entries(LOOKBACKS).map(([key, length]) => [length, key as Lookback]))

/** The lookback of this length. Throws RangeError when it is not measured: policies choose only those that are. */
export function lookbackOf(length: number): Lookback {
  const found = BY_LENGTH.get(length as (typeof LOOKBACKS)[Lookback])
  if (!found) throw new RangeError(`No lookback of ${length} s is measured.`)
  return found
}
