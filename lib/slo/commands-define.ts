import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { SHARDS } from '../measurement/shards'
import { checkAgainstSource } from '../measurement/source-checks'
import { prometheusClient } from '../prometheus/client'
import { floorTo, MINUTE, type UnixSeconds } from '../time-series/units'
import { changesBetween, changesUnit, measuresOtherwise } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import { recordOf } from './definition-record'
import { canDefineSlo } from './policy'
import { effectOf } from './reads-effect'
import { asRefusal, sourceNamed } from './reads-source'
import { storedSlo } from './reads-stored'
import { recordAtVersion } from './reads-versions'

const WHO = 'Only engineers, SLO owners and administrators define SLOs.'
export type Lifecycle = 'draft' | 'active'

const refuseAt = (path: string, message: string): HeadroomError =>
  new HeadroomError('INVALID_INPUT', message, [{ path, message }])

/**
 * Writes one objective, or several that share an indicator, together or not at all. An active one has to fit its source;
 * the poller reads its history within seconds.
 */
export async function createSlos(
  actor: Actor,
  { definitions, lifecycle }: { definitions: SloDefinitionRecord[]; lifecycle: Lifecycle },
  now = Math.floor(Date.now() / 1000),
): Promise<{ ids: number[] }> {
  authorize(canDefineSlo(actor), WHO)
  if (lifecycle === 'active') for (const definition of definitions) await mustFitSource(definition, now)
  const sources = await Promise.all(definitions.map(({ dataSource }) => sourceNamed(dataSource)))
  return transaction(async (tx) => {
    const ids: number[] = []
    for (const [i, definition] of definitions.entries())
      ids.push(await insert(tx, actor, definition, { lifecycle, sourceId: sources[i]?.id as number }))
    return { ids }
  })
}

async function insert(
  tx: Transaction,
  actor: Actor,
  definition: SloDefinitionRecord,
  { lifecycle, sourceId }: { lifecycle: Lifecycle; sourceId: number },
): Promise<number> {
  const serviceId = await serviceIdOf(tx, definition.service)
  await mustBeFree(tx, serviceId, definition.slug)
  const { id } = await tx.slo.create({
    data: {
      ...columnsOf(definition),
      ...{ lifecycle, serviceId, dataSourceId: sourceId },
      evaluation: { create: {} },
      versions: {
        create: {
          version: 1,
          definition: asJson(definition),
          author: actorName(actor),
          authorId: actorId(actor),
          changes: [lifecycle === 'draft' ? 'Written as a draft' : 'Created'],
        },
      },
    },
  })
  await tx.slo.update({ where: { id }, data: { shard: id % SHARDS } })
  await recordAudit(tx, actor, {
    action: 'slo.create',
    entityType: 'slo',
    entityId: id,
    after: asJson({ ...definition, lifecycle }),
  })
  return id
}

export type Saved =
  | { kind: 'saved'; id: number; version: number; changes: string[] }
  /** somebody else saved in between: what they changed, and their version to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; definition: SloDefinitionRecord }

export type SloUpdate = {
  id: number
  /** the version that was edited */
  version: number
  definition: SloDefinitionRecord
  lifecycle: Lifecycle
  /** what happens to the past when the measuring itself changes */
  past: 'measure-again' | 'keep'
}

/** Saves a new version if nobody else did since `version`; otherwise says what they changed and writes nothing. */
export async function updateSlo(actor: Actor, update: SloUpdate, now = Math.floor(Date.now() / 1000)): Promise<Saved> {
  authorize(canDefineSlo(actor), WHO)
  const { id, definition, lifecycle } = update
  const stored = await storedSlo(id)
  const before = recordOf(stored.row)
  if (stored.row.version !== update.version) return conflict(id, update.version, stored.row.versionAuthor, before)
  const changes = changesBetween(before, definition)
  if (lifecycle !== stored.row.lifecycle) changes.unshift(lifecycle === 'active' ? 'Activated' : 'Set back to draft')
  if (changes.length === 0) return { kind: 'saved', id, version: update.version, changes }
  const otherwise = measuresOtherwise(before, definition)
  if (otherwise && update.past === 'keep' && changesUnit(before, definition))
    throw refuseAt('past', 'The old counts are of another kind and cannot be added to the new. Measure the past again.')
  if (lifecycle === 'active' && (otherwise || stored.row.lifecycle === 'draft')) await mustFitSource(definition, now)
  const effect = otherwise ? null : await effectOf(stored, definition)
  const source = await sourceNamed(definition.dataSource)
  const saved = await transaction(async (tx): Promise<Saved | null> => {
    const serviceId = await serviceIdOf(tx, definition.service)
    if (definition.slug !== before.slug || definition.service !== before.service) await mustBeFree(tx, serviceId, definition.slug)
    const version = update.version + 1
    const { count } = await tx.slo.updateMany({
      where: { id, version: update.version, deletedAt: null },
      data: { ...columnsOf(definition), lifecycle, serviceId, dataSourceId: source.id, version, updatedAt: new Date() },
    })
    if (count === 0) return null
    await tx.sloVersion.create({
      data: {
        ...{ sloId: id, version, changes, author: actorName(actor), authorId: actorId(actor) },
        definition: asJson(definition),
        ...(effect && { effect }),
      },
    })
    if (otherwise && update.past === 'measure-again') await forgetMeasured(tx, id)
    await recordAudit(tx, actor, {
      action: 'slo.update',
      entityType: 'slo',
      entityId: id,
      before: asJson({ ...before, version: update.version }),
      after: asJson({ ...definition, version, lifecycle, past: otherwise ? update.past : 'unchanged' }),
    })
    return { kind: 'saved', id, version, changes }
  })
  if (saved) return saved
  const newer = await storedSlo(id)
  return conflict(id, update.version, newer.row.versionAuthor, recordOf(newer.row))
}

async function conflict(id: number, base: number, author: string | null, theirs: SloDefinitionRecord): Promise<Saved> {
  const { row } = await storedSlo(id)
  const from = await recordAtVersion(id, base)
  return {
    kind: 'conflict',
    version: row.version,
    author: author ?? 'somebody',
    changes: changesBetween(from, theirs),
    definition: theirs,
  }
}

/** Puts an old version in force again, as a new one. */
export async function restoreVersion(
  actor: Actor,
  { id, version, restore }: { id: number; version: number; restore: number },
): Promise<Saved> {
  authorize(canDefineSlo(actor), WHO)
  const { row } = await storedSlo(id)
  const definition = { ...recordOf(row), ...(await recordAtVersion(id, restore)) }
  return updateSlo(actor, { id, version, definition, lifecycle: row.lifecycle, past: 'measure-again' })
}

/** Takes an SLO off every list. Its history stays, and it can be brought back. */
export async function deleteSlo(actor: Actor, { id, version }: { id: number; version: number }): Promise<{ id: number }> {
  authorize(canDefineSlo(actor), WHO)
  return transaction(async (tx) => {
    const { count } = await tx.slo.updateMany({ where: { id, version, deletedAt: null }, data: { deletedAt: new Date() } })
    if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this SLO meanwhile. Read it again before deleting.')
    await recordAudit(tx, actor, { action: 'slo.delete', entityType: 'slo', entityId: id, before: { version } })
    return { id }
  })
}

export async function undeleteSlo(actor: Actor, { sloId: id }: { sloId: number }): Promise<{ id: number }> {
  authorize(canDefineSlo(actor), WHO)
  return transaction(async (tx) => {
    const { count } = await tx.slo.updateMany({ where: { id, deletedAt: { not: null } }, data: { deletedAt: null } })
    if (count === 0) throw new HeadroomError('NOT_FOUND', `There is no deleted SLO with the number ${id}.`)
    await recordAudit(tx, actor, { action: 'slo.undelete', entityType: 'slo', entityId: id })
    return { id }
  })
}

async function mustFitSource(definition: SloDefinitionRecord, at: UnixSeconds): Promise<void> {
  const { url } = await sourceNamed(definition.dataSource)
  const client = prometheusClient({ url, timeoutSeconds: 20 })
  const now = floorTo(at, MINUTE)
  const findings = await checkAgainstSource(definition, { client, now }).catch((error: unknown) => {
    throw asRefusal(error)
  })
  const issues = findings.filter(({ severity }) => severity === 'error').map(({ path, message }) => ({ path, message }))
  if (issues[0]) throw new HeadroomError('INVALID_INPUT', `${issues[0].message} Save it as a draft, or correct it.`, issues)
}

async function serviceIdOf(tx: Transaction, slug: string): Promise<number> {
  const service = await tx.service.findUnique({ where: { slug }, select: { id: true } })
  if (!service) throw refuseAt('service', `There is no service “${slug}”. Choose one of the list.`)
  return service.id
}

async function mustBeFree(tx: Transaction, serviceId: number, slug: string): Promise<void> {
  const taken = await tx.slo.findUnique({
    where: { serviceId_slug: { serviceId, slug } },
    select: { name: true, deletedAt: true },
  })
  if (!taken) return
  throw refuseAt(
    'slug',
    taken.deletedAt
      ? `“${taken.name}” had this short name and was deleted. Bring it back, or choose another name.`
      : `“${taken.name}” has this short name already. Choose another.`,
  )
}

/** The next fill begins with an empty ledger; nothing of the old query is mixed into the new. */
async function forgetMeasured(tx: Transaction, id: number): Promise<void> {
  for (const table of [
    'sample_1m',
    'sample_5m',
    'sample_1h',
    'sample_1d',
    'slo_status',
    'slo_trend',
    'accuracy_sample',
    'excluded_span',
  ])
    await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE slo_id = $1`, id)
  await tx.sloEvaluation.delete({ where: { sloId: id } })
  await tx.sloEvaluation.create({ data: { sloId: id } })
}

function columnsOf({ service: _, dataSource: __, indicator, window, labels, ...plain }: SloDefinitionRecord) {
  return { ...plain, indicator: asJson(indicator), window: asJson(window), labels: asJson(labels) }
}

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
