import { ageText, countText } from '../format'
import { instantText } from '../format-time'
import { between, type Counts, NO_COUNTS } from '../slo/counts'
import type { CounterSeries } from '../slo/simulation'
import type { StatusRules } from '../slo/status'
import { DAY, HOUR, MINUTE, type Ratio, type Seconds, type UnixSeconds } from '../time-series/units'
import { type Suspicion, shareText } from './finding'

/** What the stored counters of an SLO are looked through for. */
export type Counted = {
  /** the last thing that was measured ended then; `null` when nothing ever was */
  lastDataTs: UnixSeconds | null
  goodOverTotalAt: UnixSeconds | null
  /** hourly readings of the window, as far as history reaches, up to about `now` */
  series: CounterSeries
  /** `events`, or `minutes` when slices are counted */
  unit: 'events' | 'minutes'
}

/** Shorter silences are a restart, or a scrape that was late. */
const SILENT: Seconds = HOUR
/** A constant share shows within three days; less could be a coincidence. */
const CONSTANT_OVER: Seconds = 3 * DAY
/** Chance moves an hourly share of a thousand bad events by 3 %; a stuck one does not move. */
const CONSTANT_WITHIN: Ratio = 0.005
/** Below this many allowed bad events, none at all is no surprise. */
const SURPRISING = 3
const UNTOUCHED_OVER: Seconds = 7 * DAY
/** Scrapes missing now and then are usual; a hundredth of the window, or hours in a row, are not. */
const UNKNOWN_SHARE: Ratio = 0.01
const LONG_GAP: Seconds = 3 * HOUR

/** Everything suspicious about how an SLO was counted, one sentence each that says what to do. */
export function suspicionsOf(counted: Counted, rules: StatusRules, now: UnixSeconds): Suspicion[] {
  const silent = noData(counted, now)
  const over = goodOverTotal(counted, now)
  // What is silent now has no pace, and good over total never burns: one finding for one fault.
  const burns = silent || over ? [] : [constantBurn(counted), neverAnyBurn(counted, rules)]
  return [silent, over, ...burns, gaps(counted, rules, silent !== null)].filter((one) => one !== null)
}

function noData({ lastDataTs, series }: Counted, now: UnixSeconds): Suspicion | null {
  if (lastDataTs === null || series.counts.length === 0)
    return { check: 'no-data', severity: 'broken', message: 'Nothing was ever measured. Correct the query or its labels.' }
  if (now - lastDataTs <= SILENT) return null
  const message = `Nothing was measured since ${instantText(lastDataTs, now)}, ${ageText(now - lastDataTs)} ago. See whether the metric is still exposed and scraped.`
  return { check: 'no-data', severity: 'broken', message }
}

/** The bad share of each hour in which something happened, of the newest stretch of this length. */
function hourlyShares({ counts, step }: CounterSeries, length: Seconds): Ratio[] {
  const newest = counts.slice(-Math.floor(length / step) - 1)
  return newest.flatMap((end, i) => {
    const { good, total } = i > 0 ? between(newest[i - 1] as Counts, end) : NO_COUNTS
    return total > 0 ? [Math.max(0, 1 - good / total)] : []
  })
}

function constantBurn({ series }: Counted): Suspicion | null {
  const shares = hourlyShares(series, CONSTANT_OVER)
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
  // Most hours have to say something: a nightly job has one reading a day.
  if (shares.length < (CONSTANT_OVER / series.step) * 0.6 || mean <= 0) return null
  const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length)
  if (spread > mean * CONSTANT_WITHIN) return null
  const message =
    mean > 0.999
      ? 'Everything was bad, hour after hour, for 3 d. The condition is probably the wrong way round: turn it.'
      : `The bad share was ${shareText(mean)} in every hour of the last 3 d, whatever the traffic. Leave out what always fails, such as probes, or see whether the metric is stuck.`
  return { check: 'constant-burn', severity: mean > 0.999 ? 'broken' : 'doubtful', message }
}

const lengthOf = ({ counts, step }: CounterSeries): Seconds => (counts.length - 1) * step

function neverAnyBurn({ series, unit }: Counted, { target }: StatusRules): Suspicion | null {
  const all = between(series.counts[0] ?? NO_COUNTS, series.counts.at(-1) ?? NO_COUNTS)
  const days = `${Math.floor(lengthOf(series) / DAY)} d`
  if (lengthOf(series) < UNTOUCHED_OVER || all.total - all.good > all.total * 1e-9) return null
  if (all.total === 0) {
    const message = `The series are there, and nothing happened in ${days}. If something should have, correct the query; otherwise retire the SLO.`
    return { check: 'never-any-burn', severity: 'doubtful', message }
  }
  if (all.total * (1 - target) < SURPRISING) return null
  const message = `Not one of ${countText(Math.floor(all.total))} ${unit} was bad in ${days}. Try the condition on a past incident: a failure has to be seen. If it is, the target can be higher.`
  return { check: 'never-any-burn', severity: 'doubtful', message }
}

function goodOverTotal({ goodOverTotalAt }: Counted, now: UnixSeconds): Suspicion | null {
  if (goodOverTotalAt === null || now - goodOverTotalAt > DAY) return null
  const message = `Good was larger than total, last on ${instantText(goodOverTotalAt, now)}. Give both the same labels, so that they count the same events.`
  return { check: 'good-over-total', severity: 'broken', message }
}

const FILLED: Record<StatusRules['noDataPolicy'], string> = {
  ignore: 'they count for nothing',
  count_as_good: 'they count as good',
  count_as_bad: 'they count as bad',
}

function gaps({ series }: Counted, { noDataPolicy }: StatusRules, silent: boolean): Suspicion | null {
  const { from, step, counts } = series
  const holes: { from: UnixSeconds; missing: Seconds }[] = []
  let inside = false
  for (let i = 1; i < counts.length; i += 1) {
    const missing = step - between(counts[i - 1] as Counts, counts[i] as Counts).measured * MINUTE
    const last = holes.at(-1)
    if (missing > 0 && inside && last) last.missing += missing
    else if (missing > 0) holes.push({ from: from + (i - 1) * step, missing })
    inside = missing > 0
  }
  // The silence that goes on is told as such.
  if (silent && inside) holes.pop()
  const longest = holes.reduce((a, b) => (b.missing > a.missing ? b : a), { from: 0, missing: 0 })
  const missing = holes.reduce((sum, hole) => sum + hole.missing, 0)
  const share = missing / Math.max(1, lengthOf(series))
  if (share < UNKNOWN_SHARE && longest.missing < LONG_GAP) return null
  const end = from + lengthOf(series)
  const when = `${ageText(longest.missing)} on ${instantText(longest.from, end)}`
  const what = holes.length === 1 ? `A gap of ${when}` : `${holes.length} gaps, the longest of ${when}`
  const message = `${what}: ${shareText(share)} of the minutes are unknown, and ${FILLED[noDataPolicy]}. See what kept the source from scraping.`
  return { check: 'gaps', severity: 'doubtful', message }
}
