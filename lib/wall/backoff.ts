/** How long the wall waits before it asks again, in milliseconds. */
const FIRST = 1_000
const LONGEST = 30_000

/**
 * After `failures` in a row (1: the first): twice as long each time, half of it left to chance (`random` 0..1), so that a hundred
 * screens do not come back at the same instant. Never longer than 30 s.
 */
export const waitAfter = (failures: number, random: number): number => {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 10))
  return Math.round(whole / 2 + (whole / 2) * random)
}

/** Seconds between two questions: as the address asks, and never so rarely that what is shown could be too old to be believed. */
const EVERY = 15
export function everyOf(asked: unknown): number {
  const seconds = typeof asked === 'string' && asked.trim() !== '' ? Number(asked) : Number.NaN
  return Number.isFinite(seconds) ? Math.min(60, Math.max(5, Math.round(seconds))) : EVERY
}
