import 'server-only'
import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { prometheusClient } from '../prometheus/client'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import type { SloDefinitionRecord } from '../slo/definition-input'
import { readRecord } from '../slo/definition-record'
import { draftOf } from '../slo/draft'
import { canReadSlos } from '../slo/policy'
import { quoted } from '../slo/promql'
import { HOUR } from '../time-series/units'
import { type Exposed, movedTo, type Suggestion, suggest } from './suggest'
import { BUILT_IN_TEMPLATES, type Template } from './template'

/** The built-in templates, then those that people made, by name. */
export async function listTemplates(actor: Actor): Promise<Template[]> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read templates.')
  const rows = await db().sloTemplate.findMany({ orderBy: { name: 'asc' } })
  return [...BUILT_IN_TEMPLATES, ...rows.map(ownTemplate)]
}

type Row = { slug: string; name: string; summary: string; definition: unknown }

function ownTemplate({ slug, name, summary, definition }: Row): Template {
  const record = readRecord(definition) as SloDefinitionRecord
  const draft = { ...draftOf(record), slug: '' }
  return { slug, name, summary, draft, kind: draft.kind, group: 'Made here', wants: {}, own: true }
}

/** A template filled in for a service from what the source exposes. `null` when there is no such template. */
export async function suggestion(
  actor: Actor,
  { template: slug, service }: { template: string; service: string },
  source: { name: string; url: string },
): Promise<Suggestion | null> {
  const template = (await listTemplates(actor)).find((one) => one.slug === slug)
  if (!template) return null
  const draft = { ...template.draft, dataSource: source.name }
  if (template.own) return { draft: movedTo(draft, template.draft.service, service), notes: [] }
  if (service === '') return { draft, notes: ['Choose a service: its metrics fill in the rest.'] }
  try {
    return suggest({ ...template, draft }, service, await exposedBy(source.url, service))
  } catch (error) {
    if (!(error instanceof PrometheusUnavailable) && !(error instanceof PrometheusRefused)) throw error
    return { draft: { ...draft, service }, notes: [`${source.name} does not answer, so nothing is filled in: ${error.message}`] }
  }
}

const SERVICE_LABELS = ['service', 'service_name', 'job', 'app', 'application', 'app_kubernetes_io_name']
/** What the portal says about a service is no measurement of it. */
const OWN = /^headroom_/
const TOO_MANY = '20000'
const names = z.array(z.string())
const series = z.array(z.record(z.string(), z.string()))

/** The metrics of one service: found by the first usual label that has its name as a value. */
async function exposedBy(url: string, service: string): Promise<Exposed> {
  const client = prometheusClient({ url, timeoutSeconds: 10, maxBytes: 16 * 1024 * 1024 })
  const now = Math.floor(Date.now() / 1000)
  const recent: [string, string][] = [
    ['start', String(now - HOUR)],
    ['end', String(now)],
  ]
  for (const label of SERVICE_LABELS) {
    const values = names.parse(await client.metadata(`label/${label}/values`, recent))
    if (!values.includes(service)) continue
    const match: [string, string][] = [['match[]', `{${label}=${quoted(service)}}`], ['limit', TOO_MANY], ...recent]
    return {
      serviceLabel: label,
      metrics: metricsOf(series.parse(await client.metadata('series', match))).filter(({ name }) => !OWN.test(name)),
    }
  }
  return { serviceLabel: null, metrics: [] }
}

function metricsOf(found: Record<string, string>[]): Exposed['metrics'] {
  const metrics = new Map<string, Map<string, Set<string>>>()
  for (const { __name__: name = '', ...labels } of found) {
    const known = metrics.get(name) ?? new Map<string, Set<string>>()
    for (const [label, value] of Object.entries(labels)) known.set(label, (known.get(label) ?? new Set()).add(value))
    metrics.set(name, known)
  }
  return [...metrics]
    .map(([name, labels]) => ({
      name,
      labels: Object.fromEntries([...labels].map(([key, values]) => [key, [...values].sort()])),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
