import { resolutionAt } from '../slo/boundaries'
import { DAY, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

/** The cumulative counters are kept at four resolutions; coarser ones for longer. */
export type Tier = {
  table: 'sample_1m' | 'sample_5m' | 'sample_1h' | 'sample_1d'
  step: Seconds
  keep: Seconds
  partition: Seconds
}

export const TIERS: Tier[] = [
  { table: 'sample_1m', step: MINUTE, keep: 2 * DAY, partition: DAY },
  { table: 'sample_5m', step: 5 * MINUTE, keep: 35 * DAY, partition: 7 * DAY },
  { table: 'sample_1h', step: HOUR, keep: 400 * DAY, partition: 56 * DAY },
  { table: 'sample_1d', step: DAY, keep: 5 * 366 * DAY, partition: 364 * DAY },
]
export const [MINUTES, FIVES, HOURS] = TIERS as [Tier, Tier, Tier, Tier]

/** The finest tier that still has an instant. */
export function tierAt(instant: UnixSeconds, now: UnixSeconds): Tier {
  const resolution = resolutionAt(now - instant)
  return resolution === MINUTES.step ? MINUTES : resolution === FIVES.step ? FIVES : HOURS
}

/** Steps of a first fill or a long gap, for events: minutes where the minute tier reaches, five minutes before. */
export const coarseUntil = (now: UnixSeconds): UnixSeconds => now - MINUTES.keep + HOUR
