import { z } from 'zod'
import { PrometheusRefused } from '../prometheus/errors'
import { matchersText } from '../slo/definition-diff'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Indicator, Matcher, Selector } from '../slo/indicator'
import type { Finding } from '../slo/preview'
import { selectorText } from '../slo/promql'
import { windowLength } from '../slo/window'
import { DAY, type Seconds, type UnixSeconds } from '../time-series/units'
import { type Ask, count, listed, noLabel, valuesOf, wasThere, whyNothing } from './why-nothing'

export type { Ask } from './why-nothing'

/** Whether a definition fits what its source really exposes. Each finding stands at the field it is about. */

type Fitting = Pick<SloDefinitionRecord, 'indicator' | 'window'>
type Part = { path: string; selector: Selector; failing?: { path: string; matchers: Matcher[] } }

export async function checkAgainstSource({ indicator, window }: Fitting, ask: Ask): Promise<Finding[]> {
  const findings = await checkIndicator(indicator, ask)
  if (indicator.kind === 'composite') return findings
  return [...findings, ...checkRetention(window, await retentionOf(ask), ask.now)]
}

/** The same whatever is promised of it. */
export async function checkIndicator(indicator: Indicator, ask: Ask): Promise<Finding[]> {
  const findings = (await Promise.all(partsOf(indicator).map((part) => checkPart(part, ask)))).flat()
  if (indicator.kind === 'latency' && !indicator.native && findings.every(({ severity }) => severity !== 'error'))
    findings.push(...(await checkThreshold(indicator, ask)))
  if (indicator.kind === 'latency' && indicator.native && findings.length === 0)
    findings.push(...(await checkNative(indicator.histogram, ask)))
  if (indicator.kind === 'ratio') findings.push(...(await checkExpression(indicator.expression, ask)))
  return findings
}

/** The series an indicator reads, each with the field it was written in. */
export function partsOf(indicator: Indicator): Part[] {
  const failing = (key: string, matchers: Matcher[]) => ({ path: `indicator.${key}`, matchers })
  const part = (key: string, selector: Selector): Part => ({ path: `indicator.${key}`, selector })
  switch (indicator.kind) {
    case 'availability':
    case 'error-rate':
      return [{ ...part('requests', indicator.requests), failing: failing('failed', indicator.failed) }]
    case 'quality':
      return [{ ...part('responses', indicator.responses), failing: failing('degraded', indicator.degraded) }]
    case 'freshness-batches':
      return [{ ...part('batches', indicator.batches), failing: failing('late', indicator.late) }]
    case 'latency': {
      const { metric } = indicator.histogram
      return [part('histogram', indicator.native ? indicator.histogram : { ...indicator.histogram, metric: `${metric}_bucket` })]
    }
    case 'throughput':
      return [part('events', indicator.events)]
    case 'freshness-age':
      return [part('timestamp', indicator.timestamp)]
    case 'completeness':
      return [part('processed', indicator.processed), part('expected', indicator.expected)]
    case 'good-total':
      return [...indicator.good.map((s) => part('good', s)), ...indicator.total.map((s) => part('total', s))]
    case 'bad-total':
      return [...indicator.bad.map((s) => part('bad', s)), ...indicator.total.map((s) => part('total', s))]
    case 'boolean':
      return [part('series', indicator.series)]
    case 'ratio':
    case 'composite':
      return []
  }
}

async function checkPart({ path, selector, failing }: Part, ask: Ask): Promise<Finding[]> {
  const error = (at: string, message: string): Finding => ({ path: at, severity: 'error', message })
  try {
    if ((await count(selector, ask)) === 0) return [error(path, await whyNothing(selector, ask))]
    if (!failing) return []
    const narrowed = { ...selector, matchers: [...selector.matchers, ...failing.matchers] }
    for (const { label } of failing.matchers)
      if ((await valuesOf(label, selector, ask)).length === 0) return [error(failing.path, await noLabel(label, selector, ask))]
    if ((await count(narrowed, ask)) > 0) return []
    return [{ path: failing.path, severity: 'warning', message: await noFailure(selector, failing.matchers, ask) }]
  } catch (problem) {
    if (problem instanceof PrometheusRefused) return [error(path, `The source refuses this query: ${problem.message}`)]
    throw problem
  }
}

async function noFailure(selector: Selector, failing: Matcher[], ask: Ask): Promise<string> {
  const none = `No series has ${matchersText(failing)} now.`
  if (await wasThere({ ...selector, matchers: [...selector.matchers, ...failing] }, ask))
    return `${none} There were some before: that is right if nothing failed in the last hour.`
  const [first] = failing
  const seen = first ? await valuesOf(first.label, selector, ask) : []
  return `${none} That is right if nothing failed yet; ${first?.label} has ${listed(seen)}.`
}

async function checkThreshold(indicator: Extract<Indicator, { kind: 'latency' }>, ask: Ask): Promise<Finding[]> {
  const bounds = await bucketBounds(indicator.histogram, ask)
  if (bounds.includes(indicator.thresholdSeconds)) return []
  const message =
    bounds.length === 0
      ? `${indicator.histogram.metric}_bucket has no label le, so it is no classic histogram.`
      : `${indicator.thresholdSeconds} s is no bucket bound, so it cannot be counted. The bounds are ${bounds.join(', ')} s.`
  return [{ path: 'indicator.thresholdSeconds', severity: 'error', message }]
}

async function checkNative(histogram: Selector, { client, now }: Ask): Promise<Finding[]> {
  const found = await client.instant(`histogram_count(${selectorText(histogram)})`, now)
  if (found.length > 0) return []
  const message = `${histogram.metric} is no native histogram. Leave “native” off and choose a bucket bound.`
  return [{ path: 'indicator.histogram', severity: 'error', message }]
}

/** Finite bounds of a classic histogram, ascending. Seconds. */
export async function bucketBounds(histogram: Selector, ask: Ask): Promise<Seconds[]> {
  const values = await valuesOf('le', { ...histogram, metric: `${histogram.metric}_bucket` }, ask)
  return [...new Set(values.map(Number).filter(Number.isFinite))].sort((a, b) => a - b)
}

async function checkExpression(expression: string, { client, now }: Ask): Promise<Finding[]> {
  const path = 'indicator.expression'
  try {
    const found = await client.instant(expression, now)
    const [only, ...others] = found
    if (others.length > 0)
      return [
        {
          path,
          severity: 'error',
          message: `The expression returns ${found.length} series. Make it one, for example with sum(…).`,
        },
      ]
    if (!only) return [{ path, severity: 'error', message: 'The expression returns nothing now. Check its names and labels.' }]
    if (!/[a-z_]/i.test(expression.replace(/\b(vector|scalar|time)\b/g, '')))
      return [{ path, severity: 'error', message: 'The expression is a fixed number. Measure something.' }]
    if (Object.keys(only.labels).length === 0 && Number.isNaN(only.value))
      return [{ path, severity: 'warning', message: 'The expression is not a number now: nothing happened, or it divides by 0.' }]
    if (only.value < 0 || only.value > 1)
      return [{ path, severity: 'error', message: `The expression is ${only.value} now. It has to stay between 0 and 1.` }]
    return []
  } catch (problem) {
    if (!(problem instanceof PrometheusRefused)) throw problem
    return [{ path, severity: 'error', message: `The source refuses this query: ${problem.message}` }]
  }
}

const runtime = z.object({ storageRetention: z.string().optional() })
const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: DAY, w: 7 * DAY, y: 365 * DAY }

/** How long the source keeps samples; `null` when it does not say. Seconds. */
export async function retentionOf({ client }: Ask): Promise<Seconds | null> {
  try {
    const { storageRetention = '' } = runtime.parse(await client.metadata('status/runtimeinfo'))
    const [, count, unit] = /(\d+)([smhdwy])/.exec(storageRetention) ?? []
    return count && unit ? Number(count) * (UNITS[unit] as number) : null
  } catch {
    // Long-term stores do not have this page.
    return null
  }
}

/** `kept`: how long the source keeps samples, in seconds; `null` when it does not say */
export function checkRetention(window: Fitting['window'], kept: Seconds | null, now: UnixSeconds): Finding[] {
  const length = windowLength(window, now)
  if (kept === null || kept >= length) return []
  const days = Math.floor(kept / DAY)
  return [
    {
      path: 'window',
      severity: 'warning',
      message: `The source keeps ${days} d. The first ${Math.round(length / DAY) - days} d of the window fill up as time passes.`,
    },
  ]
}
