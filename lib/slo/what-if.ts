import { z } from 'zod'
import { DAY, type Ratio, type Seconds, toUnix, type UnixSeconds } from '../time-series/units'
import { type Counts, endOf, NO_COUNTS, ratioOf } from './counts'
import { budgetInEvents, budgetInMinutes } from './error-budget'
import { targetSchema } from './objective'
import { type AlertEpisode, type CounterSeries, simulate } from './simulation'
import type { StatusRules } from './status'
import { type Period, windowLength, windowSchema } from './window'

/** What would have been, had something been decided otherwise: on real history, without saving anything. */

const instant = z.iso
  .datetime({ offset: true, error: 'Write an instant, for example 2026-07-15T14:35:00Z.' })
  .transform((text) => toUnix(new Date(text)))

export const whatIfSchema = z.object({
  target: targetSchema.optional(),
  window: windowSchema.optional(),
  thresholdSeconds: z
    .number({ error: 'Write the threshold as a number of seconds.' })
    .positive({ error: 'The threshold is more than 0 s.' })
    .optional(),
  exclusions: z
    .array(
      z
        .object({ from: instant, to: instant })
        .refine(({ from, to }) => to > from, { path: ['to'], error: 'The end comes after the start.' })
        .refine(({ from, to }) => to - from <= 31 * DAY, { path: ['to'], error: 'Leave out at most 31 days at once.' }),
    )
    .max(20, { error: 'Leave out at most 20 stretches.' })
    .default([]),
})
export type WhatIfChange = z.output<typeof whatIfSchema>

/** How an SLO stands at the end under one set of rules. */
export type Standing = {
  sli: Ratio | null
  consumed: number
  remaining: number | null
  counts: { good: number; total: number }
  /** the whole budget as minutes of full outage, and what is left of it */
  budgetMinutes: number
  leftMinutes: number | null
  /** events (or slices) that may be bad in this window */
  allowed: number
  alerts: AlertEpisode[]
}

export type WhatIf = {
  from: UnixSeconds
  to: UnixSeconds
  ts: UnixSeconds[]
  before: { remaining: (number | null)[]; standing: Standing }
  after: { remaining: (number | null)[]; standing: Standing }
  /** stretches that were left out, merged */
  excluded: Period[]
  /** what has to be known to read the comparison */
  notes: string[]
}

type Side = { rules: StatusRules; series: CounterSeries }

/** Both sides over the same shown stretch; each with its own rules over the whole of it. */
export function compare(
  before: Side,
  after: Side,
  { shownFrom, creditIn }: { shownFrom: UnixSeconds; creditIn: (window: Period) => number },
): Pick<WhatIf, 'from' | 'to' | 'ts' | 'before' | 'after'> {
  const to = endOf(before.series)
  const sides = [before, after].map(({ rules, series }) => {
    const { ts, remaining, alerts, end } = simulate(rules, series, { shownFrom, creditIn })
    return { ts, remaining, standing: standingOf(rules, end.counts, end.remaining, alerts, to) }
  })
  const [first, second] = sides as [(typeof sides)[number], (typeof sides)[number]]
  return { from: shownFrom, to, ts: first.ts, before: first, after: second }
}

function standingOf(
  { target, window }: StatusRules,
  counts: Counts,
  remaining: number | null,
  alerts: AlertEpisode[],
  at: UnixSeconds,
): Standing {
  const budgetMinutes = budgetInMinutes(target, windowLength(window, at))
  return {
    sli: ratioOf(counts),
    consumed: remaining === null ? 0 : 1 - remaining,
    remaining,
    counts: { good: counts.good, total: counts.total },
    budgetMinutes,
    leftMinutes: remaining === null ? null : remaining * budgetMinutes,
    allowed: budgetInEvents(counts, target).allowed,
    alerts,
  }
}

/** Counters on a finer grid than some of them are kept at: each instant has the newest reading not after it. */
export function onGrid(
  readings: (Counts & { ts: UnixSeconds })[],
  stretch: { from: UnixSeconds; to: UnixSeconds; step: Seconds },
): CounterSeries {
  const { from, to, step } = stretch
  const counts: Counts[] = []
  let next = 0
  let last: Counts = readings[0] ?? NO_COUNTS
  for (let ts = from; ts <= to; ts += step) {
    for (; next < readings.length && (readings[next]?.ts ?? 0) <= ts; next += 1) last = readings[next] as Counts
    counts.push({ good: last.good, total: last.total, measured: last.measured })
  }
  return { from, step, counts }
}
