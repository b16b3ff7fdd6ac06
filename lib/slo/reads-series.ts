import 'server-only'
import { pool } from '../db/client'
import { type Corrections, throughLens } from '../measurement/corrections'
import { samplesBetween } from '../measurement/samples'
import { FIVES, HOURS } from '../measurement/tiers'
import { ceilTo, DAY, floorTo, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { type CounterSeries, NO_COUNTS } from './counts'
import type { StoredSlo } from './reads-stored'
import { onGrid } from './what-if'

/** Pasts are looked at in these steps. */
export const PAST_STEP = 5 * MINUTE

export type PastStretch = { from: UnixSeconds; to: UnixSeconds; step: Seconds }

/** What has to be read to judge the last `shown` seconds over windows of `longest`, as far as it is kept. */
export const pastStretch = (end: UnixSeconds, shown: Seconds, longest: Seconds): PastStretch => {
  const to = floorTo(end, PAST_STEP)
  return { from: Math.max(floorTo(to - shown - longest, HOUR), floorTo(to - HOURS.keep + DAY, HOUR)), to, step: PAST_STEP }
}

/** The counters as they are kept and as they count: five minutes as far as those reach, hours before. */
export async function storedSeries(
  { row }: StoredSlo,
  { from, to, step }: PastStretch,
  corrections: Corrections,
): Promise<CounterSeries> {
  const fine = Math.max(from, ceilTo(to - FIVES.keep + DAY, HOUR))
  const old = from < fine ? await samplesBetween(pool(), HOURS, row.id, { from, to: fine - 1, step: HOUR }) : []
  const newer = await samplesBetween(pool(), FIVES, row.id, { from: fine, to, step })
  const begun = row.historyFrom !== null && row.historyFrom <= from
  return onGrid([...(begun ? [] : [{ ts: from, ...NO_COUNTS }]), ...throughLens(corrections, [...old, ...newer])], {
    from,
    to,
    step,
  })
}
