import type { Cursor } from '../cursor'
import { entryOf, type Item, type MapItem, textIn } from '../tree'
import { titleOf } from './names'

/** openslo/v1alpha and openslo.com/v2alpha written as v1: other names, other places, the same positions. */

export const isAlpha = (object: Cursor): boolean => object.get('apiVersion').text() !== 'openslo/v1'

const scalar = (at: number, value: string | boolean): Item => ({ kind: 'scalar', at, value, text: String(value) })

/** A map of what is there. */
function mapOf(at: number, fields: Record<string, Item | undefined>): MapItem {
  const entries: MapItem['entries'] = new Map()
  for (const [key, item] of Object.entries(fields)) if (item) entries.set(key, { at: item.at, item })
  return { kind: 'map', at, entries }
}

/** The map with some fields replaced; `undefined` leaves one out. */
function changed(item: Item, fields: Record<string, Item | undefined>): Item {
  if (item.kind !== 'map') return item
  const entries = new Map(item.entries)
  for (const [key, value] of Object.entries(fields)) {
    const at = entries.get(key)?.at
    entries.delete(key)
    if (value) entries.set(key, { at: at ?? value.at, item: value })
  }
  return { ...item, entries }
}

const items = (item: Item | undefined): Item[] => (item?.kind === 'list' ? item.items : [])
const listOf = (item: Item | undefined, change: (one: Item) => Item): Item | undefined =>
  item?.kind === 'list' ? { ...item, items: item.items.map(change) } : item

const METRICS = ['good', 'bad', 'total', 'raw']

export function fromV2alpha(object: Item): Item {
  const spec = entryOf(object, 'spec')
  const kind = textIn(entryOf(object, 'kind'))
  if (spec?.kind !== 'map') return object
  if (kind === 'SLI') return changed(object, { spec: sliOfV2(spec) })
  if (kind !== 'SLO') return object
  const holder = (one: Item): Item =>
    changed(one, {
      sli: undefined,
      sliRef: undefined,
      indicator: inlineOfV2(entryOf(one, 'sli')),
      indicatorRef: entryOf(one, 'sliRef'),
    })
  const service = entryOf(spec, 'serviceRef') ?? entryOf(spec, 'service')
  const objectives = listOf(entryOf(spec, 'objectives'), holder)
  return changed(object, { spec: changed(holder(spec), { ...usual(spec), serviceRef: undefined, service, objectives }) })
}

const inlineOfV2 = (sli: Item | undefined): Item | undefined =>
  sli && changed(sli, { spec: sliOfV2(entryOf(sli, 'spec') ?? mapOf(sli.at, {})) })

function sliOfV2(spec: Item): Item {
  const [ratio, threshold] = [entryOf(spec, 'ratioMetric'), entryOf(spec, 'thresholdMetric')]
  const metrics = Object.fromEntries(METRICS.map((name) => [name, metricOfV2(entryOf(ratio, name))]))
  return changed(spec, { ratioMetric: ratio && changed(ratio, metrics), thresholdMetric: metricOfV2(threshold) })
}

function metricOfV2(metric: Item | undefined): Item | undefined {
  if (!metric) return undefined
  const type = entryOf(entryOf(metric, 'dataSourceSpec'), 'type')
  const source = mapOf(metric.at, { metricSourceRef: entryOf(metric, 'dataSourceRef'), type, spec: entryOf(metric, 'spec') })
  return mapOf(metric.at, { metricSource: source })
}

/** Before v1 nobody had to say how the budget is counted: by events. */
const usual = (spec: Item) => ({ budgetingMethod: entryOf(spec, 'budgetingMethod') ?? scalar(spec.at, 'Occurrences') })

const UNITS: Record<string, string> = {
  minute: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'M',
  quarter: 'Q',
  year: 'Y',
}

/** Every objective of v1alpha has a metric of its own and is an SLO by itself. A ratio has a value too, which says nothing. */
export function fromV1alpha(object: Item): Item[] {
  const spec = entryOf(object, 'spec')
  if (textIn(entryOf(object, 'kind')) !== 'SLO' || spec?.kind !== 'map') return [object]
  const objectives = items(entryOf(spec, 'objectives'))
  const metadata = entryOf(object, 'metadata')
  const name = textIn(entryOf(metadata, 'name')) ?? ''
  const many = objectives.length > 1
  const one = (objective: Item | undefined, i: number): Item => {
    const ratio = objective && entryOf(objective, 'ratioMetrics')
    const dropped = { ratioMetrics: undefined, ...(ratio && { value: undefined }), ...(many && { displayName: undefined }) }
    const spread = changed(spec, {
      ...usual(spec),
      timeWindows: undefined,
      timeWindow: listOf(entryOf(spec, 'timeWindows'), windowOf),
      indicator: indicatorOf(entryOf(spec, 'indicator'), ratio, metadata),
      objectives: objective && { kind: 'list', at: objective.at, items: [changed(objective, dropped)] },
    })
    const label = textIn(objective && entryOf(objective, 'displayName'))
    const title = entryOf(metadata, 'displayName')
    const displayName = label ? scalar(metadata?.at ?? object.at, titleOf(`${textIn(title) ?? name}: ${label}`)) : title
    const renamed =
      many && metadata ? changed(metadata, { name: scalar(metadata.at, `${name}-${i + 1}`), displayName }) : metadata
    return changed(object, { metadata: renamed, spec: spread })
  }
  return objectives.length === 0 ? [one(undefined, 0)] : objectives.map(one)
}

function windowOf(window: Item): Item {
  const [unit, count, calendar] = [entryOf(window, 'unit'), entryOf(window, 'count'), entryOf(window, 'calendar')]
  const word = (textIn(unit) ?? '').toLowerCase()
  const number = count?.kind === 'scalar' ? count.text : ''
  // v1 counts no seconds. Rounded up, so that a window that is not whole days is still warned of.
  const duration =
    word === 'second' && /^\d+$/.test(number)
      ? `${Math.ceil(Number(number) / 60)}m`
      : `${number}${UNITS[word] ?? textIn(unit) ?? ''}`
  const at = count?.at ?? window.at
  const isRolling = entryOf(window, 'isRolling') ?? scalar(at, calendar === undefined)
  return mapOf(window.at, { duration: scalar(at, duration), isRolling, calendar })
}

function indicatorOf(indicator: Item | undefined, ratio: Item | undefined, metadata: Item | undefined): Item | undefined {
  const threshold = entryOf(indicator, 'thresholdMetric')
  const place = ratio ?? threshold
  if (!place) return undefined
  const parts = Object.fromEntries(['good', 'bad', 'total'].map((name) => [name, metricOfV1alpha(entryOf(ratio, name))]))
  const counter = entryOf(ratio, 'counter') ?? entryOf(ratio, 'incremental')
  const spec = ratio
    ? { ratioMetric: mapOf(ratio.at, { counter, ...parts }) }
    : { thresholdMetric: threshold && metricOfV1alpha(threshold) }
  const name = entryOf(metadata, 'name')
  return mapOf(place.at, { metadata: mapOf(place.at, { name }), spec: mapOf(place.at, spec) })
}

function metricOfV1alpha(metric: Item | undefined): Item | undefined {
  if (!metric) return undefined
  const spec = mapOf(metric.at, { query: entryOf(metric, 'query') })
  return mapOf(metric.at, { metricSource: mapOf(metric.at, { type: entryOf(metric, 'source'), spec }) })
}
