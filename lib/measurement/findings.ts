import type pg from 'pg'
import { z } from 'zod'
import { type Counted, suspicionsOf } from '../finding/counter-checks'
import type { Check, Severity, Suspicion } from '../finding/finding'
import { changedLabels, type SeenBySelector, seenBySelectorSchema, seenOf } from '../finding/series-seen'
import type { PrometheusClient } from '../prometheus/client'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import { type Counts, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { isSliced } from '../slo/one-shot'
import { selectorText } from '../slo/promql'
import type { CounterSeries } from '../slo/simulation'
import { windowAt } from '../slo/window'
import { ceilTo, DAY, floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import { loadCorrections, throughLens } from './corrections'
import { samplesBetween } from './samples'
import { checkAgainstSource, partsOf } from './source-checks'
import { HOURS } from './tiers'

/** What is kept of the last check of an SLO, and the facts the counters do not hold. */
export type CheckedRow = {
  historyFrom: UnixSeconds | null
  lastDataTs: UnixSeconds | null
  goodOverTotalAt: UnixSeconds | null
  /** label sets as they were when the definition was last saved, or accepted */
  seen: unknown
  seenVersion: number | null
  seenAt: UnixSeconds | null
}

export type Checked = {
  found: Suspicion[]
  /** checks that could not be made: what they found before stays */
  skipped: Check[]
  seen: { at: UnixSeconds; series: SeenBySelector } | null
}

/** A change of labels that nobody minded for this long is how it is now. */
const ACCEPTED = 14 * DAY
const LOOKED_AT = HOUR
const FROM_SOURCE: Check[] = ['bucket-bound', 'retention', 'label-sets']
const seriesSchema = z.array(z.record(z.string(), z.string()))

/** Looks through the counters of an SLO, and at what its source exposes now. `client` is `null` while the source rests. */
export async function checkSlo(
  pool: pg.Pool,
  definition: SloDefinition,
  row: CheckedRow,
  { client, now }: { client: PrometheusClient | null; now: UnixSeconds },
): Promise<Checked> {
  const facts: Counted = {
    ...row,
    series: await hourly(pool, definition, row.historyFrom, now),
    unit: isSliced(definition.plan, definition.accounting) ? 'minutes' : 'events',
  }
  const found = suspicionsOf(facts, definition.rules, now)
  // While the source rests, its silence is its own and said elsewhere.
  if (!client)
    return { found: found.filter(({ check }) => check !== 'no-data'), skipped: [...FROM_SOURCE, 'no-data'], seen: null }
  try {
    const source = await fromSource(definition, row, { client, now })
    // A threshold between two bounds counts nothing as good: one finding, not two.
    const off = source.found.some(({ check }) => check === 'bucket-bound')
    const counted = withReasons(found, source.reasons).filter(({ check }) => !(off && check === 'constant-burn'))
    return { found: [...counted, ...source.found], skipped: [], seen: source.seen }
  } catch (error) {
    if (error instanceof PrometheusUnavailable) return { found, skipped: FROM_SOURCE, seen: null }
    throw error
  }
}

/** Hourly counters of the window, and of a week at least, from the first whole hour of history on; what is excluded is no gap. */
async function hourly(
  pool: pg.Pool,
  definition: SloDefinition,
  historyFrom: UnixSeconds | null,
  now: UnixSeconds,
): Promise<CounterSeries> {
  const { id, rules } = definition
  const to = floorTo(now, HOUR)
  const start = Math.min(windowAt(rules.window, now).from, now - 7 * DAY)
  const from = Math.max(ceilTo(historyFrom ?? to, HOUR), floorTo(start, HOUR), to - HOURS.keep + DAY)
  const measured = await samplesBetween(pool, HOURS, id, { from, to, step: HOUR })
  const readings = throughLens(await loadCorrections(pool, [definition]), measured)
  const byInstant = new Map(readings.map((sample) => [sample.ts, sample]))
  const counts: Counts[] = []
  for (let ts = from; ts <= (readings.at(-1)?.ts ?? 0); ts += HOUR) counts.push(byInstant.get(ts) ?? counts.at(-1) ?? NO_COUNTS)
  return { from, step: HOUR, counts }
}

type FromSource = Pick<Checked, 'found' | 'seen'> & { reasons: string[] }

async function fromSource(
  definition: SloDefinition,
  row: CheckedRow,
  ask: { client: PrometheusClient; now: UnixSeconds },
): Promise<FromSource> {
  const { indicator, rules } = definition
  const said = await checkAgainstSource({ indicator, window: rules.window }, ask)
  const covered = row.historyFrom !== null && row.historyFrom <= windowAt(rules.window, ask.now).from
  const found: Suspicion[] = []
  const reasons: string[] = []
  for (const { path, severity, message } of said) {
    const check = CHECK_OF_PATH[path]
    if (check === 'retention' && covered) continue
    if (check) found.push({ check, severity: SEVERITY[severity], message })
    else if (severity === 'error') reasons.push(message)
  }
  const series = await seriesNow(definition, ask)
  const known = seenBySelectorSchema.safeParse(row.seen)
  const settled = row.seenVersion === definition.version && row.seenAt !== null && ask.now - row.seenAt < ACCEPTED
  if (!known.success || !settled) return { found, reasons, seen: { at: ask.now, series } }
  const changed = changedLabels(known.data, series)
  // As long as nothing has changed, what is seen is what is known.
  return { found: changed ? [...found, changed] : found, reasons, seen: changed ? null : { at: ask.now, series } }
}

const CHECK_OF_PATH: Record<string, Check> = { 'indicator.thresholdSeconds': 'bucket-bound', window: 'retention' }
const SEVERITY: Record<'error' | 'warning', Severity> = { error: 'broken', warning: 'doubtful' }

async function seriesNow({ indicator }: SloDefinition, { client, now }: { client: PrometheusClient; now: UnixSeconds }) {
  const seen: SeenBySelector = {}
  for (const { selector } of partsOf(indicator)) {
    const text = selectorText(selector)
    const search: [string, string][] = [
      ['match[]', text],
      ['start', String(now - LOOKED_AT)],
      ['end', String(now)],
    ]
    try {
      seen[text] = seenOf(seriesSchema.parse(await client.metadata('series', search)))
    } catch (error) {
      if (!(error instanceof PrometheusRefused)) throw error
    }
  }
  return seen
}

/** Why nothing is measured is known best by the source: its words stand behind the finding, or are one. */
function withReasons(found: Suspicion[], reasons: string[]): Suspicion[] {
  const [reason] = reasons
  if (!reason) return found
  const silent = found.find(({ check }) => check === 'no-data')
  if (!silent) return [{ check: 'no-data', severity: 'broken', message: reason }, ...found]
  return found.map((one) => (one === silent ? { ...one, message: `${one.message.split('. ')[0]}. ${reason}` } : one))
}
