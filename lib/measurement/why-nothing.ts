import { z } from 'zod'
import type { PrometheusClient } from '../prometheus/client'
import { matchersText } from '../slo/definition-diff'
import type { Selector } from '../slo/indicator'
import { selectorText } from '../slo/promql'
import { DAY, type Seconds, type UnixSeconds } from '../time-series/units'

/** Why a selector finds nothing at its source, in a sentence that says what to write instead. */

export type Ask = { client: PrometheusClient; now: UnixSeconds }

const names = z.array(z.string())
const LOOKED_AT: Seconds = DAY

export async function count(selector: Selector, { client, now }: Ask): Promise<number> {
  const [found] = await client.instant(`count(last_over_time(${selectorText(selector)}[1h]))`, now)
  return found?.value ?? 0
}

export async function valuesOf(label: string, selector: Selector, { client, now }: Ask): Promise<string[]> {
  const search: [string, string][] = [
    ['match[]', selectorText(selector)],
    ['start', String(now - LOOKED_AT)],
    ['end', String(now)],
  ]
  return names.parse(await client.metadata(`label/${label}/values`, search))
}

/** Source pages list what there was of late, and not only what there is now. */
export const wasThere = async (selector: Selector, ask: Ask): Promise<boolean> =>
  (await valuesOf('__name__', selector, ask)).length > 0

/** Which part of a selector keeps it from finding anything: what was never there, or is there no longer. */
export async function whyNothing(selector: Selector, ask: Ask): Promise<string> {
  if (await wasThere(selector, ask)) return silent(selector)
  const bare: Selector = { metric: selector.metric, matchers: [] }
  if ((await count(bare, ask)) === 0) return (await wasThere(bare, ask)) ? silent(bare) : noMetric(selector.metric, ask)
  for (const matcher of selector.matchers) {
    const alone = { ...bare, matchers: [matcher] }
    if ((await count(alone, ask)) > 0) continue
    if (await wasThere(alone, ask)) return silent(alone)
    const seen = await valuesOf(matcher.label, bare, ask)
    if (seen.length === 0) return noLabel(matcher.label, bare, ask)
    return `No series has ${matchersText([matcher])}. ${matcher.label} has ${listed(seen)}.`
  }
  return `No series has all of ${matchersText(selector.matchers)} together. Leave one out.`
}

const silent = (selector: Selector): string =>
  `${selectorText(selector)} had samples before, and none in the last hour. Is it still scraped?`

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

export async function noLabel(label: string, selector: Selector, { client, now }: Ask): Promise<string> {
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

const SHOWN = 8
export const listed = (values: string[]): string =>
  values.length === 0
    ? 'no values'
    : values.length <= SHOWN
      ? values.join(', ')
      : `${values.slice(0, SHOWN).join(', ')} and ${values.length - SHOWN} more`
