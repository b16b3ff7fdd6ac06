import { DAY, HOUR, type Seconds, type UnixSeconds } from '../time-series/units'

/** A quantity over time. */
export type Shape = (at: UnixSeconds) => number

export const steady =
  (value: number): Shape =>
  () =>
    value

/** An episode: begins `before` the anchor, lasts `lasts`, and comes again `every` so often, before and after. */
export type Episode = { before: Seconds; lasts: Seconds; every?: Seconds }

export function isDuring(anchor: UnixSeconds, { before, lasts, every }: Episode, at: UnixSeconds): boolean {
  const into = at - (anchor - before)
  const phase = every ? ((into % every) + every) % every : into
  return phase > 0 && phase <= lasts
}

/** `usual`, except during the episodes; a later one wins over an earlier one. */
export const except =
  (anchor: UnixSeconds, usual: number, ...episodes: [Episode, number][]): Shape =>
  (at) =>
    episodes.reduce((value, [episode, instead]) => (isDuring(anchor, episode, at) ? instead : value), usual)

/** Share of the mean traffic at an instant, by hour of day and day of week (UTC). */
export const RHYTHMS = {
  flat: () => 1,
  /** shoppers: evenings and weekends */
  shop: (at: UnixSeconds) => (1 + 0.55 * wave(at, 19)) * ([1.15, 0.9, 0.88, 0.92, 0.95, 1.05, 1.15][weekdayOf(at)] ?? 1),
  /** offices: weekday working hours, nothing at night */
  office: (at: UnixSeconds) => {
    const hour = (at % DAY) / HOUR
    if (weekdayOf(at) === 0 || weekdayOf(at) === 6 || hour < 6 || hour >= 20) return 0
    return 0.6 + 2.6 * Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI))
  },
} satisfies Record<string, Shape>
export type Rhythm = keyof typeof RHYTHMS

const wave = (at: UnixSeconds, peakHour: number) => Math.cos(((at - peakHour * HOUR) / DAY) * 2 * Math.PI)
/** 0 is Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (at: UnixSeconds): number => Math.floor(at / DAY + 4) % 7
