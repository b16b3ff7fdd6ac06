import type { SloDraft } from '../slo/draft'
import { quoted } from '../slo/promql'
import { escapedRegex } from '../slo/regex'
import type { Template } from './template'

/** What a source exposes, as far as it matters here. */
export type Exposed = {
  /** metrics that exist for the service, each with its labels and their values */
  metrics: { name: string; labels: Record<string, string[]> }[]
  /** the label whose value is the service */
  serviceLabel: string | null
}

export type Suggestion = { draft: SloDraft; notes: string[] }

/**
 * Fills a template for a service from what its source exposes: metric names, the label of bad events, the bucket bound
 * nearest to the wanted threshold. What cannot be found is left empty, and a note says so.
 */
export function suggest(template: Template, service: string, exposed: Exposed): Suggestion {
  const notes: string[] = []
  const matcher = exposed.serviceLabel ? `${exposed.serviceLabel}=${quoted(service)}` : ''
  const draft: SloDraft = { ...template.draft, service, fields: { ...template.draft.fields } }
  const found = new Map<string, Exposed['metrics'][number]>()
  for (const [field, patterns] of Object.entries(template.wants)) {
    const metric = pick(patterns, field === 'histogram' && !draft.native ? histograms(exposed) : exposed.metrics)
    if (!metric) {
      notes.push(`No metric of ${service} looks like ${field}. Write it by hand.`)
      continue
    }
    found.set(field, metric)
    draft.fields[field] = `${metric.name}{${matcher}}`
  }
  const measured = found.get('expression')
  if (measured) draft.fields.expression = ratioText(measured, matcher, template.failing)
  else if (template.failing) fillFailing(template.failing, draft, found, matcher, notes)
  const bounds = found.get('histogram')?.labels.le
  if (bounds && !draft.native) moveToBounds(draft, bounds, notes)
  if (draft.excludedLabel && !keepsExclusion(draft, [...found.values()])) {
    draft.excludedLabel = ''
    draft.excludedValues = ''
  }
  return { draft, notes }
}

/** The histograms of a source by their own name, known by their buckets. */
const histograms = ({ metrics }: Exposed): Exposed['metrics'] =>
  metrics
    .filter(({ name }) => name.endsWith('_bucket'))
    .map((metric) => ({ ...metric, name: metric.name.slice(0, -'_bucket'.length) }))

const pick = (patterns: RegExp[], metrics: Exposed['metrics']) =>
  patterns.map((pattern) => metrics.find(({ name }) => pattern.test(name))).find(Boolean)

function fillFailing(
  { field, labels, value, text }: NonNullable<Template['failing']>,
  draft: SloDraft,
  found: Map<string, Exposed['metrics'][number]>,
  matcher: string,
  notes: string[],
): void {
  const metric = found.get(field) ?? [...found.values()][0]
  if (!metric) return
  const label = Object.keys(metric.labels).find((name) => labels.test(name))
  if (!label) {
    notes.push(`${metric.name} has no label that tells good from bad. Write the condition by hand.`)
    return
  }
  const values = metric.labels[label] ?? []
  const exact = values.filter((one) => value.test(one))
  const condition = /^=~/.test(text) || exact.length !== 1 ? `${label}${text}` : `${label}=${quoted(exact[0] as string)}`
  if (exact.length === 0) notes.push(`No series has ${condition} yet: right if nothing failed so far.`)
  draft.fields[field] = found.has(field) ? `${metric.name}{${[matcher, condition].filter(Boolean).join(',')}}` : `{${condition}}`
}

/** A gauge that is a ratio already, else the share of a counter that is not bad. */
function ratioText({ name, labels }: Exposed['metrics'][number], matcher: string, failing: Template['failing']): string {
  const label = Object.keys(labels).find((one) => failing?.labels.test(one))
  if (name.endsWith('_ratio') || !label) return `avg(${name}{${matcher}})`
  const good = [matcher, `${label}${failing?.text}`].filter(Boolean).join(',')
  return `sum(rate(${name}{${good}}[5m])) / sum(rate(${name}{${matcher}}[5m]))`
}

const spoken = (seconds: string): string =>
  Number(seconds) < 1 ? `${Math.round(Number(seconds) * 1000)} ms` : `${Number(seconds)} s`

/** Moves thresholds to bounds that exist, and the name with them. */
function moveToBounds(draft: SloDraft, bounds: string[], notes: string[]): void {
  draft.objectives = draft.objectives.map(({ target, threshold }) => {
    const found = nearest(threshold, bounds, notes)
    draft.name = draft.name.replace(spoken(threshold), spoken(found))
    return { target, threshold: found }
  })
}

function nearest(wanted: string, bounds: string[], notes: string[]): string {
  const numbers = bounds.map(Number).filter((bound) => Number.isFinite(bound) && bound > 0)
  if (numbers.length === 0 || numbers.includes(Number(wanted))) return wanted
  const distance = (bound: number) => Math.abs(Math.log(bound / Number(wanted)))
  const [best = Number(wanted)] = [...numbers].sort((a, b) => distance(a) - distance(b))
  notes.push(`${wanted} s is no bucket bound here; ${best} s is the nearest.`)
  return String(best)
}

const keepsExclusion = (draft: SloDraft, metrics: Exposed['metrics']): boolean =>
  metrics.some(({ labels }) => draft.excludedLabel in labels)

/** A draft of one service for another: the service's name inside label values moves along. */
export function movedTo(draft: SloDraft, from: string, to: string): SloDraft {
  const name = new RegExp(`(["'\`|(])${escapedRegex(from)}(?=["'\`|)])`, 'g')
  const fields = Object.fromEntries(Object.entries(draft.fields).map(([key, text]) => [key, text.replace(name, `$1${to}`)]))
  return { ...draft, service: to, fields }
}
