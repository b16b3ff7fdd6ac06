import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { SHARDS } from '../measurement/shards'
import { forgetMeasured, mustHaveGoodMembers, mustSuitComposites, recountOver } from './commands-members'
import type { SloDefinitionRecord } from './definition-input'
import { managedText } from './managed'
import type { Effect } from './reads-effect'

/** What is written about one SLO, inside the transaction of whichever command asks for it. */

export type Lifecycle = 'draft' | 'active'
/** What happens to the past when the measuring itself changes. */
export type Past = 'measure-again' | 'keep'
/** The set of files that manages an SLO from now on, and what they said. */
export type Ownership = { managedBy: string | null; declared: Prisma.InputJsonValue | null }

export const refuseAt = (path: string, message: string): HeadroomError =>
  new HeadroomError('INVALID_INPUT', message, [{ path, message }])
export const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

/** Nobody changes here what files say. `seen` in every condition keeps it so when both happen at once. */
export async function mustBeOurs(on: Pick<Transaction, 'slo'>, id: number): Promise<void> {
  const found = await on.slo.findUnique({ where: { id }, select: { name: true, managedBy: true, declared: true } })
  if (!found?.managedBy) return
  const { file } = (found.declared ?? {}) as { file?: string }
  throw new HeadroomError('CONFLICT', managedText(found.name, { owner: found.managedBy, file: file ?? 'unknown' }))
}

type NewSlo = { lifecycle: Lifecycle; sourceId: number; ownership?: Ownership; changes?: string[] }

export async function insertSlo(
  tx: Transaction,
  actor: Actor,
  definition: SloDefinitionRecord,
  { lifecycle, sourceId, ownership, changes = [lifecycle === 'draft' ? 'Written as a draft' : 'Created'] }: NewSlo,
): Promise<number> {
  const serviceId = await serviceIdOf(tx, definition.service)
  await mustBeFree(tx, serviceId, definition.slug)
  await mustHaveGoodMembers(tx, definition)
  const { id } = await tx.slo.create({
    data: {
      ...columnsOf(definition),
      ...{ lifecycle, serviceId, dataSourceId: sourceId },
      ...(ownership && ownershipOf(ownership)),
      evaluation: { create: {} },
      versions: {
        create: {
          version: 1,
          definition: asJson(definition),
          author: actorName(actor),
          authorId: actorId(actor),
          changes,
        },
      },
    },
  })
  await tx.slo.update({ where: { id }, data: { shard: id % SHARDS } })
  await recordAudit(tx, actor, {
    action: 'slo.create',
    entityType: 'slo',
    entityId: id,
    after: asJson({ ...definition, lifecycle, ...(ownership?.managedBy && { managedBy: ownership.managedBy }) }),
  })
  return id
}

/** A change that was worked out before the transaction began: asking a source must not hold rows. */
export type Prepared = {
  id: number
  /** version that it is based on */
  version: number
  before: SloDefinitionRecord
  definition: SloDefinitionRecord
  lifecycle: { before: Lifecycle; after: Lifecycle }
  changes: string[]
  effect: Effect | null
  /** what it measures is another thing now */
  otherwise: boolean
  past: Past
  sourceId: number
  /** the set that was seen to manage it */
  seen: string | null
  ownership?: Ownership
  /** composites that are written after it in the same transaction, "checkout/journey" */
  along?: ReadonlySet<string>
}

/** Writes a new version. `null`, and nothing is written: somebody else did since. */
export async function writeSlo(tx: Transaction, actor: Actor, prepared: Prepared): Promise<number | null> {
  const { id, before, definition, lifecycle, changes, effect, otherwise, past, sourceId, seen, ownership } = prepared
  const serviceId = await serviceIdOf(tx, definition.service)
  if (definition.slug !== before.slug || definition.service !== before.service) await mustBeFree(tx, serviceId, definition.slug)
  await mustHaveGoodMembers(tx, definition)
  await mustSuitComposites(tx, before, definition, prepared.along)
  const version = prepared.version + 1
  const { count } = await tx.slo.updateMany({
    where: { id, version: prepared.version, deletedAt: null, managedBy: seen },
    data: {
      ...columnsOf(definition),
      ...{ lifecycle: lifecycle.after, serviceId, dataSourceId: sourceId, version, updatedAt: new Date() },
      ...(ownership && ownershipOf(ownership)),
    },
  })
  if (count === 0) return null
  await tx.sloVersion.create({
    data: {
      ...{ sloId: id, version, changes, author: actorName(actor), authorId: actorId(actor) },
      definition: asJson(definition),
      ...(effect && { effect }),
    },
  })
  const place = { id, service: definition.service, slug: definition.slug }
  if (otherwise && past === 'measure-again') await forgetMeasured(tx, actor, place)
  else if (lifecycle.after === 'active' && lifecycle.before === 'draft') await recountOver(tx, actor, place)
  await recordAudit(tx, actor, {
    action: 'slo.update',
    entityType: 'slo',
    entityId: id,
    before: asJson({ ...before, version: prepared.version }),
    after: asJson({
      ...{ ...definition, version, lifecycle: lifecycle.after, past: otherwise ? past : 'unchanged' },
      ...(ownership?.managedBy && { managedBy: ownership.managedBy }),
    }),
  })
  return version
}

type Seen = { id: number; version: number; seen: string | null }

/** Takes an SLO off every list. Its history stays. */
export async function removeSlo(tx: Transaction, actor: Actor, { id, version, seen }: Seen): Promise<void> {
  const { count } = await tx.slo.updateMany({
    where: { id, version, deletedAt: null, managedBy: seen },
    data: { deletedAt: new Date() },
  })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this SLO meanwhile. Read it again before deleting.')
  await recordAudit(tx, actor, {
    action: 'slo.delete',
    entityType: 'slo',
    entityId: id,
    before: { version, ...(seen && { managedBy: seen }) },
  })
}

export async function bringBackSlo(tx: Transaction, actor: Actor, { id, seen }: Omit<Seen, 'version'>): Promise<void> {
  const { count } = await tx.slo.updateMany({
    where: { id, deletedAt: { not: null }, managedBy: seen },
    data: { deletedAt: null },
  })
  if (count === 0) throw new HeadroomError('NOT_FOUND', `There is no deleted SLO with the number ${id}.`)
  const { slug, service } = await tx.slo.findUniqueOrThrow({ where: { id }, select: { slug: true, service: true } })
  await recountOver(tx, actor, { id, slug, service: service.slug })
  await recordAudit(tx, actor, { action: 'slo.undelete', entityType: 'slo', entityId: id })
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

function columnsOf({ service: _, dataSource: __, indicator, window, labels, ...plain }: SloDefinitionRecord) {
  return { ...plain, indicator: asJson(indicator), window: asJson(window), labels: asJson(labels) }
}

export const ownershipOf = ({ managedBy, declared }: Ownership) => ({ managedBy, declared: declared ?? Prisma.DbNull })
