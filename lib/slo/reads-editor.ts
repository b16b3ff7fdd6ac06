import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { journeyDraft } from '../journey/reads-draft'
import { suggestion } from '../template/reads'
import { slugOf } from './definition-input'
import { recordOf } from './definition-record'
import { draftOf, EMPTY_DRAFT, type SloDraft } from './draft'
import { canDefineSlo } from './policy'
import { listSources, type SourceChoice } from './reads-source'
import { storedSlo } from './reads-stored'
import { recordAtVersion } from './reads-versions'

export type EditorStart = {
  draft: SloDraft
  /** what was filled in, and what was not */
  notes: string[]
  services: { slug: string; name: string }[]
  sources: SourceChoice[]
  /** the stored SLO that is edited; `null` for a new one */
  stored: { id: number; version: number; lifecycle: 'draft' | 'active'; draft: SloDraft } | null
}

const WHO = 'Only engineers, SLO owners and administrators define SLOs.'
export type NewFrom = { template?: string; clone?: number; service?: string; journey?: string }

/** A new SLO: from a template, from another SLO, or empty. */
export async function newSloStart(actor: Actor, from: NewFrom): Promise<EditorStart> {
  authorize(canDefineSlo(actor), WHO)
  const choices = await choicesOf(actor)
  const service = choices.services.some(({ slug }) => slug === from.service) ? (from.service ?? '') : ''
  const source = await likelySource(service)
  const empty = { ...EMPTY_DRAFT, service, dataSource: source?.name ?? '' }
  if (from.clone !== undefined) {
    const record = recordOf((await storedSlo(from.clone)).row)
    const draft = {
      ...draftOf(record),
      name: `${record.name} (copy)`,
      slug: `${record.slug}-copy`.slice(0, 60),
      objectiveGroup: null,
    }
    return { ...choices, draft, notes: [], stored: null }
  }
  if (from.journey !== undefined) {
    const { draft, notes } = await journeyDraft(actor, from.journey)
    return { ...choices, notes, draft: { ...draft, dataSource: (await likelySource(draft.service))?.name ?? '' }, stored: null }
  }
  const suggested = from.template && source ? await suggestion(actor, { template: from.template, service }, source) : null
  const draft = suggested?.draft ?? empty
  return { ...choices, notes: suggested?.notes ?? [], draft: { ...draft, slug: slugOf(draft.name) }, stored: null }
}

/** A stored SLO, or one of its old versions laid over it. */
export async function editSloStart(actor: Actor, id: number, version?: number): Promise<EditorStart> {
  authorize(canDefineSlo(actor), WHO)
  const { row } = await storedSlo(id)
  const record = recordOf(row)
  const shown = version === undefined ? record : { ...record, ...(await recordAtVersion(id, version)) }
  const notes = version === undefined ? [] : [`This is version ${version}. Saving makes it the newest.`]
  const stored = { id, version: row.version, lifecycle: row.lifecycle, draft: draftOf(record) }
  return { ...(await choicesOf(actor)), draft: draftOf(shown), notes, stored }
}

async function choicesOf(actor: Actor): Promise<Pick<EditorStart, 'services' | 'sources'>> {
  const services = await db().service.findMany({ select: { slug: true, name: true }, orderBy: { name: 'asc' } })
  return { services, sources: await listSources(actor) }
}

/** The source that measures most of a service's SLOs, else the first one. */
async function likelySource(service: string): Promise<{ name: string; url: string } | null> {
  const [used] = await db().slo.groupBy({
    by: ['dataSourceId'],
    where: { service: { slug: service }, deletedAt: null },
    _count: { id: true },
    orderBy: { _count: { id: 'desc' } },
    take: 1,
  })
  return db().dataSource.findFirst({ where: used ? { id: used.dataSourceId } : {}, orderBy: { id: 'asc' } })
}
