import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { clippedTo } from '../correction/spans'
import { pool } from '../db/client'
import { loadCorrections, throughLens } from '../measurement/corrections'
import { type Sample, samplesAt, samplesBetween } from '../measurement/samples'
import { FIVES, HOURS, MINUTES, type Tier } from '../measurement/tiers'
import { DAY, floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import type { Counts } from './counts'
import type { HistoryRange, SloHistory } from './detail'
import { budgetInMinutes } from './error-budget'
import { historyOf, RANGE_STEPS } from './history'
import { canReadSlos } from './policy'
import { storedSlo } from './reads-stored'
import { versionRules } from './reads-versions'
import { rulesOverTime, windowsWithin } from './rules-over-time'
import type { StatusRules } from './status'
import { type SloWindow, windowAt, windowLength } from './window'

const TIER: Record<HistoryRange, Tier> = { '24h': MINUTES, '7d': FIVES, '30d': HOURS, '90d': HOURS }

/** The charts of one SLO, from stored counters only; the source is not asked. */
export async function sloHistory(actor: Actor, id: number, range: HistoryRange): Promise<SloHistory> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { definition, row } = await storedSlo(id)
  const { rules } = definition
  const { length, step } = RANGE_STEPS[range]
  const newest = row.ts ?? 0
  const to = floorTo(newest, step)
  const from = to - length
  const thin = Math.min(step, HOUR)
  const readings = await samplesBetween(pool(), TIER[range], id, { from: from - DAY, to, step: thin })
  const versions = await versionRules(id)
  const starts = await Promise.all(
    windowsWithin(rules, versions, from, to).map((window) => startReadings(id, window, { from, to, now: newest })),
  )
  const corrections = await loadCorrections(pool(), [definition])
  const seen = (how: (samples: Sample[]) => Sample[]) => {
    const at = lookup(how(readings), 0)
    const lookups = starts.map(({ samples, step: every }) => lookup(how(samples), every))
    const windowStart = (ts: UnixSeconds) => lookups.map((start) => start(ts)).find(Boolean)
    return { at, windowStart }
  }
  const rulesAt = rulesOverTime(rules, versions)
  const shared = { sloId: id, rules, rulesAt, historyFrom: row.historyFrom, to, range }
  const history = historyOf({
    ...shared,
    ...seen((samples) => throughLens(corrections, samples)),
    creditIn: (window) => corrections.credit(id, window),
  })
  const { spans, credits } = corrections.of(id)
  if (spans.length + credits.length === 0) return history
  return {
    ...history,
    exclusions: clippedTo(spans, { from, to }),
    credits: credits
      .filter(({ at }) => at > from && at <= to)
      .map(({ at, minutes }) => ({ at, minutes, points: (100 * minutes) / budgetInMinutes(rules.target, lengthAt(rules, at)) })),
    measuredRemaining: historyOf({ ...shared, ...seen((samples) => samples) }).remaining,
  }
}

const lengthAt = ({ window }: StatusRules, at: UnixSeconds): number => windowLength(window, at)

type Span = { from: UnixSeconds; to: UnixSeconds; now: UnixSeconds }

/** The readings at the window starts of every instant of a span, and the step they lie apart. */
async function startReadings(
  id: number,
  window: SloWindow,
  { from, to, now }: Span,
): Promise<{ samples: Sample[]; step: number }> {
  if (window.kind === 'calendar') {
    const starts = new Set<UnixSeconds>()
    for (let at = to; at > from; at = windowAt(window, at).from) starts.add(floorTo(windowAt(window, at).from, HOUR))
    return { samples: await samplesAt(pool(), HOURS, [...starts], [id]), step: HOUR }
  }
  const oldest = windowAt(window, from).from
  const tier = now - oldest <= FIVES.keep - DAY ? FIVES : HOURS
  const span = { from: floorTo(oldest, tier.step) - tier.step, to: windowAt(window, to).from, step: tier.step }
  return { samples: await samplesBetween(pool(), tier, id, span), step: tier.step }
}

/** Readings by instant; `step` 0: only exactly there, otherwise floored to the step. */
function lookup(samples: Sample[], step: number): (ts: UnixSeconds) => Counts | undefined {
  const byInstant = new Map(samples.map((sample) => [sample.ts, sample]))
  return (ts) => byInstant.get(step > 0 ? floorTo(ts, step) : ts)
}
