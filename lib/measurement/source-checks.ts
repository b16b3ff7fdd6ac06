import { z } from 'zod'
import type { PrometheusClient } from '../prometheus/client'
import { PrometheusRefused } from '../prometheus/errors'
import { matchersText } from '../slo/definition-diff'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Indicator, Matcher, Selector } from '../slo/indicator'
import type { Finding } from '../slo/preview'
import { selectorText } from '../slo/promql'
import { windowLength } from '../slo/window'
import { DAY, type Seconds, type UnixSeconds } from '../time-series/units'

/** Whether a definition fits what its source really exposes. Each finding stands at the field it is about. */

export type Ask = { client: PrometheusClient; now: UnixSeconds }
type Fitting = Pick<SloDefinitionRecord, 'indicator' | 'window'>
type Part = { path: string; selector: Selector; failing?: { path: string; matchers: Matcher[] } }

const names = z.array(z.string())
const LOOKED_AT: Seconds = DAY

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
    const [first] = failing.matchers
    const seen = first ? await valuesOf(first.label, selector, ask) : []
    return [
      {
        path: failing.path,
        severity: 'warning',
        message: `No series has ${matchersText(failing.matchers)} now. That is right if nothing failed yet; ${first?.label} has ${listed(seen)}.`,
      },
    ]
  } catch (problem) {
    if (problem instanceof PrometheusRefused) return [error(path, `The source refuses this query: ${problem.message}`)]
    throw problem
  }
}

async function count(selector: Selector, { client, now }: Ask): Promise<number> {
  const [found] = await client.instant(`count(last_over_time(${selectorText(selector)}[1h]))`, now)
  return found?.value ?? 0
}

async function valuesOf(label: string, selector: Selector, { client, now }: Ask): Promise<string[]> {
  const search: [string, string][] = [
    ['match[]', selectorText(selector)],
    ['start', String(now - LOOKED_AT)],
    ['end', String(now)],
  ]
  return names.parse(await client.metadata(`label/${label}/values`, search))
}

/** Which part of a selector keeps it from finding anything. */
async function whyNothing(selector: Selector, ask: Ask): Promise<string> {
  const bare: Selector = { metric: selector.metric, matchers: [] }
  if ((await count(bare, ask)) === 0) return noMetric(selector.metric, ask)
  for (const matcher of selector.matchers) {
    if ((await count({ ...bare, matchers: [matcher] }, ask)) > 0) continue
    const seen = await valuesOf(matcher.label, bare, ask)
    if (seen.length === 0) return noLabel(matcher.label, bare, ask)
    return `No series has ${matchersText([matcher])}. ${matcher.label} has ${listed(seen)}.`
  }
  return `No series has all of ${matchersText(selector.matchers)} together. Leave one out.`
}

async function noMetric(metric: string, { client, now }: Ask): Promise<string> {
  const search: [string, string][] = [
    ['start', String(now - LOOKED_AT)],
    ['end', String(now)],
  ]
  const all = names.parse(await client.metadata('label/__name__/values', search))
  const near = all.map((name) => [likeness(metric, name), name] as const).filter(([score]) => score > 0.3)
  const best = near.sort(([a], [b]) => b - a).slice(0, 3)
  const hint = best.length > 0 ? ` Did you mean ${best.map(([, name]) => name).join(', ')}?` : ' Is it scraped?'
  return `The source has no metric ${metric}.${hint}`
}

async function noLabel(label: string, selector: Selector, { client, now }: Ask): Promise<string> {
  const search: [string, string][] = [
    ['match[]', selectorText(selector)],
    ['start', String(now - LOOKED_AT)],
    ['end', String(now)],
  ]
  const all = names.parse(await client.metadata('labels', search)).filter((name) => name !== '__name__')
  return `${selector.metric} has no label ${label}. It has ${listed(all)}.`
}

/** Share of the pairs of neighbouring letters that two names have in common, 0..1 (Dice). */
function likeness(a: string, b: string): number {
  const pairs = (text: string) => new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)))
  const [first, second] = [pairs(a), pairs(b)]
  const common = [...first].filter((pair) => second.has(pair)).length
  return (2 * common) / Math.max(1, first.size + second.size)
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

const SHOWN = 8
const listed = (values: string[]): string =>
  values.length === 0
    ? 'no values'
    : values.length <= SHOWN
      ? values.join(', ')
      : `${values.slice(0, SHOWN).join(', ')} and ${values.length - SHOWN} more`
