import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type LedgerUnit, lensOf } from '../correction/lens'
import { clippedTo, mergedSpans } from '../correction/spans'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadCorrections, unitOf } from '../measurement/corrections'
import { measure } from '../measurement/measure'
import { bucketBounds } from '../measurement/source-checks'
import { prometheusClient } from '../prometheus/client'
import { PrometheusRefused } from '../prometheus/errors'
import { ceilTo, DAY, floorTo, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { NO_COUNTS } from './counts'
import type { Indicator } from './indicator'
import { planOf, type SourcePlan } from './measurement-plan'
import { canDefineSlo, canReadSlos } from './policy'
import { PAST_STEP, type PastStretch, pastStretch, storedSeries } from './reads-series'
import { asRefusal } from './reads-source'
import { type StoredSlo, storedSlo } from './reads-stored'
import type { CounterSeries } from './simulation'
import type { StatusRules } from './status'
import { compare, type WhatIf, type WhatIfChange } from './what-if'
import { type Period, windowLength } from './window'

const SHOWN = 30 * DAY
/** A changed threshold is measured again: this far back, in stretches that a source answers at once. */
const MEASURED = 90 * DAY
const CHUNK = 30 * DAY
const TIMEOUT = 30

/**
 * The last 30 days as they were and as they would have been. Targets, windows and exclusions are looked at in the stored
 * counters; only another threshold asks the source. Writes nothing.
 */
export async function whatIf(actor: Actor, { id, change }: { id: number; change: WhatIfChange }): Promise<WhatIf> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const stored = await storedSlo(id)
  const { definition, row, status } = stored
  if (!status) throw new HeadroomError('CONFLICT', 'There is nothing to compare before the first evaluation.')
  const { rules } = definition
  const changed: StatusRules = { ...rules, target: change.target ?? rules.target, window: change.window ?? rules.window }
  const longest = Math.max(windowLength(rules.window, status.ts), windowLength(changed.window, status.ts))
  const stretch = pastStretch(status.ts, SHOWN, longest)
  const { to } = stretch
  const corrections = await loadCorrections(pool(), [definition])
  const series = await storedSeries(stored, stretch, corrections)
  const notes: string[] = []
  const other = otherThreshold(definition.indicator, change.thresholdSeconds)
  const measured = other && (await measuredSeries(actor, stored, other, stretch))
  if (measured && measured.from > stretch.from)
    notes.push(`The new threshold was measured over ${Math.round((to - measured.from) / DAY)} d; older burn is not in it.`)
  if (row.historyFrom !== null && row.historyFrom > to - longest)
    notes.push('History does not fill the longer of the windows: it is judged over what there is.')
  const unit = unitOf(definition)
  const approved = clippedTo(corrections.of(id).spans.map(widened), stretch)
  const excluded = clippedTo(mergedSpans(change.exclusions.map(widened), to), stretch)
  // Stored counters are read through what is approved already; what was measured just now is not.
  const after = measured ? without(measured, mergedSpans([...approved, ...excluded], to), unit) : without(series, excluded, unit)
  const creditIn = (window: Period) => corrections.credit(id, window)
  const sides = compare({ rules, series }, { rules: changed, series: after }, { shownFrom: to - SHOWN, creditIn })
  return { ...sides, excluded, notes }
}

function otherThreshold(indicator: Indicator, thresholdSeconds: Seconds | undefined): Indicator | null {
  if (thresholdSeconds === undefined) return null
  if (indicator.kind !== 'latency') throw refuse('Only latency has a threshold in seconds. Leave it out.')
  return indicator.thresholdSeconds === thresholdSeconds ? null : { ...indicator, thresholdSeconds }
}

const refuse = (message: string): HeadroomError =>
  new HeadroomError('INVALID_INPUT', message, [{ path: 'thresholdSeconds', message }])

async function measuredSeries(
  actor: Actor,
  { row, definition }: StoredSlo,
  indicator: Indicator,
  stretch: PastStretch,
): Promise<CounterSeries> {
  authorize(canDefineSlo(actor), 'Viewers cannot try another threshold: it asks the source. Ask an engineer.')
  const client = prometheusClient({ url: row.sourceUrl, timeoutSeconds: TIMEOUT })
  const { to, step } = stretch
  const from = Math.max(stretch.from, to - MEASURED)
  const slo = { id: 0, plan: planOf(indicator) as SourcePlan, accounting: definition.accounting }
  try {
    await mustBeBound(indicator, { client, now: to })
    const counts = [NO_COUNTS]
    for (let start = from; start < to; start += CHUNK) {
      const source = { client, dialect: row.dialect }
      const part = await measure(source, [slo], { from: start, to: Math.min(start + CHUNK, to), step })
      const words = part.refused.get(0)
      if (words) throw new PrometheusRefused(words)
      for (const slot of part.readings.get(0) ?? []) {
        const last = counts.at(-1) ?? NO_COUNTS
        const grown = slot && {
          good: last.good + slot.good,
          total: last.total + slot.total,
          measured: last.measured + step / MINUTE,
        }
        counts.push(grown ?? last)
      }
    }
    return { from, step, counts }
  } catch (error) {
    throw asRefusal(error)
  }
}

async function mustBeBound(indicator: Indicator, ask: Parameters<typeof bucketBounds>[1]): Promise<void> {
  if (indicator.kind !== 'latency' || indicator.native) return
  const bounds = await bucketBounds(indicator.histogram, ask)
  if (!bounds.includes(indicator.thresholdSeconds))
    throw refuse(`${indicator.thresholdSeconds} s is no bucket bound. The bounds are ${bounds.join(', ')} s.`)
}

/** To whole steps, outward: nothing that was to be left out stays in. */
const widened = ({ from, to }: Period): Period => ({ from: floorTo(from, PAST_STEP), to: ceilTo(to, PAST_STEP) })

/** The counters read through the lens of corrections: what lies in the stretches left out never happened. */
function without(series: CounterSeries, excluded: Period[], unit: LedgerUnit): CounterSeries {
  if (excluded.length === 0) return series
  const { from, step, counts } = series
  const at = (ts: UnixSeconds) => counts[Math.max(0, Math.floor((ts - from) / step))] ?? null
  const spans = excluded.map((span) => ({ ...span, start: at(span.from), end: at(span.to) }))
  const lens = lensOf(spans, unit)
  return { from, step, counts: counts.map((reading, i) => lens(from + i * step, reading)) }
}
