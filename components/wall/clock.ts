/** Both clocks of a screen, in milliseconds: `steady` is never set but may stop in sleep, `wall` never stops but may be set. */
export type Mark = { steady: number; wall: number }

export const markOf = (): Mark => ({ steady: performance.now(), wall: Date.now() })

/** Seconds between two marks. Where the clocks differ the longer time counts: what is shown is never younger than it is. */
export const passed = (from: Mark, to: Mark): number =>
  Math.max(0, Math.floor(Math.max(to.steady - from.steady, to.wall - from.wall) / 1000))
