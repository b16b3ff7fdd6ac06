import 'server-only'
import { measure, type Stretch } from '../measurement/measure'
import { type Ask, checkIndicator, retentionOf } from '../measurement/source-checks'
import { prometheusClient } from '../prometheus/client'
import { PrometheusRefused } from '../prometheus/errors'
import { DAY, floorTo, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { previewMembers } from './commands-composite'
import { type CounterSeries, type Counts, NO_COUNTS } from './counts'
import type { SloDefinitionRecord } from './definition-input'
import { type Accounting, planOf } from './measurement-plan'
import type { Finding } from './preview'
import type { Dialect } from './promql'
import { asRefusal, type NamedSource, sourceNamed } from './reads-source'

/** What a source has of the last 30 days: everything that a promise is later reckoned from, whatever it is. */

const STEP = 5 * MINUTE
/** A preview reads this much of the past, and never more than the longest stretch a source answers at once. */
export const LENGTH = 30 * DAY
const TIMEOUT = 30

/** What decides the counts; target, window and names do not. */
export type Measuring = Pick<SloDefinitionRecord, 'indicator' | 'method' | 'sliceTarget'>
export type Past = { series: CounterSeries; overTotal: boolean }
/** `now` is the end of what is read. */
type AskPast = Ask & { dialect: Dialect }

export const askerOf = ({ url, dialect }: Pick<NamedSource, 'url' | 'dialect'>, now: UnixSeconds): AskPast => {
  const client = prometheusClient({ url, timeoutSeconds: TIMEOUT })
  return { client, dialect, now: floorTo(now - MINUTE, STEP) }
}

/** `past` is null where the source cannot answer, for which there is an error; `kept`: how long it keeps samples. */
export type PastRead = { findings: Finding[]; past: Past | null; kept: Seconds | null; to: UnixSeconds }

/** Asks a source once for all promises that may be made of a measurement. No composites: those ask no source. */
export async function readPast(
  { dataSource, ...measuring }: Measuring & Pick<SloDefinitionRecord, 'dataSource'>,
  now: UnixSeconds,
): Promise<PastRead> {
  const ask = askerOf(await sourceNamed(dataSource), now)
  try {
    const findings = await checkIndicator(measuring.indicator, ask)
    const blocked = findings.some(({ severity }) => severity === 'error')
    const past = blocked ? null : await measuredPast(measuring, ask)
    const kept = await retentionOf(ask)
    return { findings: [...findings, ...(past ? suspicions(past) : [])], past, kept, to: ask.now }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Reads the last 30 days as the poller's first fill would, and adds them up. */
export async function measuredPast({ indicator, method, sliceTarget }: Measuring, ask: AskPast): Promise<Past> {
  const accounting: Accounting = { method, sliceTarget }
  const stretch: Stretch = { from: ask.now - LENGTH, to: ask.now, step: STEP }
  const plan = planOf(indicator)
  const { readings, refused } =
    plan.shape === 'members'
      ? await previewMembers({ id: 0, plan, accounting }, stretch)
      : await measure(ask, [{ id: 0, plan, accounting }], stretch)
  const words = refused.get(0)
  if (words) throw new PrometheusRefused(words)
  const counts: Counts[] = [NO_COUNTS]
  let overTotal = false
  for (const slot of readings.get(0) ?? []) {
    const last = counts.at(-1) as Counts
    overTotal ||= slot?.goodOverTotal ?? false
    counts.push(
      slot ? { good: last.good + slot.good, total: last.total + slot.total, measured: last.measured + STEP / MINUTE } : last,
    )
  }
  return { series: { from: stretch.from, step: STEP, counts }, overTotal }
}

/** Measured without a complaint of the source, and still not likely what was meant. */
export function suspicions({ series, overTotal }: Past): Finding[] {
  const end = series.counts.at(-1) ?? NO_COUNTS
  const warn = (message: string): Finding => ({ path: 'indicator', severity: 'warning', message })
  if (overTotal) return [warn('Good is larger than total at times. Do both count the same events?')]
  if (end.measured === 0) return [warn('Nothing was measured in the last 30 days.')]
  if (end.total === 0) return [warn('The series are there, and nothing happened in the last 30 days.')]
  if (end.good === 0) return [warn('Everything was bad in the last 30 days. Is the condition the wrong way round?')]
  if (end.good === end.total) return [warn('Nothing at all was bad in the last 30 days. Make sure that failures would be seen.')]
  return []
}
