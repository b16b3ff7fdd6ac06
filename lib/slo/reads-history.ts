import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { type Sample, samplesAt, samplesBetween } from '../measurement/samples'
import { FIVES, HOURS, MINUTES, type Tier } from '../measurement/tiers'
import { DAY, floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import type { Counts } from './counts'
import type { HistoryRange, SloHistory } from './detail'
import { historyOf, RANGE_STEPS } from './history'
import { canReadSlos } from './policy'
import { storedSlo } from './reads-stored'
import { versionRules } from './reads-versions'
import { rulesOverTime, windowsWithin } from './rules-over-time'
import type { SloWindow } from './window'
import { windowAt } from './window'

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
    windowsWithin(rules, versions, from, to).map((window) => windowStarts(id, window, { from, to, now: newest })),
  )
  const windowStart = (ts: UnixSeconds) => starts.map((start) => start(ts)).find(Boolean)
  const rulesAt = rulesOverTime(rules, versions)
  const at = lookup(readings, 0)
  return historyOf({ sloId: id, rules, rulesAt, historyFrom: row.historyFrom, to, range, at, windowStart })
}

type Span = { from: UnixSeconds; to: UnixSeconds; now: UnixSeconds }

async function windowStarts(
  id: number,
  window: SloWindow,
  { from, to, now }: Span,
): Promise<(ts: UnixSeconds) => Counts | undefined> {
  if (window.kind === 'calendar') {
    const starts = new Set<UnixSeconds>()
    for (let at = to; at > from; at = windowAt(window, at).from) starts.add(floorTo(windowAt(window, at).from, HOUR))
    return lookup(await samplesAt(pool(), HOURS, [...starts], [id]), HOUR)
  }
  const oldest = windowAt(window, from).from
  const tier = now - oldest <= FIVES.keep - DAY ? FIVES : HOURS
  const span = { from: floorTo(oldest, tier.step) - tier.step, to: windowAt(window, to).from, step: tier.step }
  return lookup(await samplesBetween(pool(), tier, id, span), tier.step)
}

/** Readings by instant; `step` 0: only exactly there, otherwise floored to the step. */
function lookup(samples: Sample[], step: number): (ts: UnixSeconds) => Counts | undefined {
  const byInstant = new Map(samples.map((sample) => [sample.ts, sample]))
  return (ts) => byInstant.get(step > 0 ? floorTo(ts, step) : ts)
}
