import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { type Ownership, ownershipOf } from '../slo/commands-write'
import { type Placed, placeService, refuseAt } from './commands-place'
import { serviceChanges } from './definition-diff'
import type { ServiceDefinition, ServiceRecord } from './definition-input'
import { FIELD_NAMES, managedServiceText, saidOtherwise } from './managed'
import { canDefineService } from './policy'
import { recordAtVersion, type StoredService, storedService } from './reads-stored'
import { listText } from './tier-recommendation'

const NOBODY: Ownership = { managedBy: null, declared: null }
const WHO = 'Only engineers, SLO owners and administrators define services.'

/** One at a time changes services: a cycle may need two changes, each harmless by itself. */
export const aloneWithServices = (tx: Transaction) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('service graph'))`

/** Writes a service down, with its place in the graph and, if asked for, a new team. */
export async function createService(
  actor: Actor,
  { definition }: { definition: ServiceDefinition },
): Promise<{ slug: string; version: number }> {
  authorize(canDefineService(actor), WHO)
  return transaction(async (tx) => {
    await aloneWithServices(tx)
    await insertService(tx, actor, definition)
    return { slug: definition.slug, version: 1 }
  })
}

/** `ownership`: the set of files that declares it */
export async function insertService(
  tx: Transaction,
  actor: Actor,
  definition: ServiceDefinition,
  ownership: Ownership = NOBODY,
): Promise<void> {
  const { slug } = definition
  const taken = await tx.service.findUnique({ where: { slug }, select: { name: true } })
  if (taken) throw refuseAt('slug', `“${taken.name}” has this short name already. Choose another.`)
  const placed = await placeService(tx, actor, definition)
  const { id } = await tx.service.create({ data: { slug, ...ownershipOf(ownership), ...columnsOf(placed) } })
  await link(tx, id, placed)
  await writeVersion(tx, actor, { serviceId: id, version: 1, record: placed.record, changes: ['Created'] })
  await recordAudit(tx, actor, {
    ...{ action: 'service.create', entityType: 'service', entityId: slug },
    after: asJson({ ...placed.record, ...ownerOf(ownership.managedBy) }),
  })
}

export type ServiceSaved =
  | { kind: 'saved'; slug: string; version: number; changes: string[] }
  /** somebody else saved in between: what they changed, and their version to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; definition: ServiceRecord }

export type ServiceUpdate = { slug: string; version: number; definition: ServiceDefinition }

/** Saves a new version if nobody else did since `version`; otherwise says what they changed and writes nothing. */
export async function updateService(actor: Actor, update: ServiceUpdate): Promise<ServiceSaved> {
  authorize(canDefineService(actor), WHO)
  const { slug, definition } = update
  if (definition.slug !== slug)
    throw refuseAt(
      'slug',
      `The short name stays “${slug}”: links and stored versions of SLOs use it. Make a new service instead.`,
    )
  return transaction(async (tx) => {
    await aloneWithServices(tx)
    return writeService(tx, actor, update)
  })
}

/** What files say is changed in them. Told at each field, so that the rest of a form is not lost. */
function mustBeSaidByNobody({ record, managed }: StoredService, after: ServiceRecord): void {
  const fields = saidOtherwise(managed, record, after)
  if (!managed || fields.length === 0) return
  const names = fields.map((field) => FIELD_NAMES[field])
  const message = managedServiceText(record.name, managed, `change its ${listText(names)} there, or detach it.`)
  throw new HeadroomError(
    'CONFLICT',
    message,
    fields.map((path) => ({ path, message })),
  )
}

/** Files write it: whose it is from now on, and whose it was when that was planned. */
export type ByFiles = { ownership: Ownership; seen: string | null }

/** Without `files` people write it, and leave to files what those say. */
export async function writeService(
  tx: Transaction,
  actor: Actor,
  { slug, version, definition }: ServiceUpdate,
  files?: ByFiles,
): Promise<ServiceSaved> {
  const stored = await storedService(tx, slug)
  if (stored.version !== version) return conflict(tx, stored, version)
  const placed = await placeService(tx, actor, definition, stored.record)
  const changes = serviceChanges(stored.record, placed.record)
  if (!files) mustBeSaidByNobody(stored, placed.record)
  if (changes.length === 0) return { kind: 'saved', slug, version, changes }
  const next = version + 1
  const { count } = await tx.service.updateMany({
    where: { id: stored.id, version, managedBy: files ? files.seen : (stored.managed?.owner ?? null) },
    data: { ...columnsOf(placed), ...(files && ownershipOf(files.ownership)), version: next },
  })
  if (count === 0) return conflict(tx, await storedService(tx, slug), version)
  await tx.serviceDependency.deleteMany({ where: { serviceId: stored.id } })
  await link(tx, stored.id, placed)
  await writeVersion(tx, actor, { serviceId: stored.id, version: next, record: placed.record, changes })
  await recordAudit(tx, actor, {
    ...{ action: 'service.update', entityType: 'service', entityId: slug },
    before: asJson({ ...stored.record, version, ...ownerOf(stored.managed?.owner) }),
    after: asJson({ ...placed.record, version: next, ...ownerOf(files?.ownership.managedBy ?? stored.managed?.owner) }),
  })
  return { kind: 'saved', slug, version: next, changes }
}

const ownerOf = (managedBy: string | null | undefined) => (managedBy ? { managedBy } : {})

/** Nothing of it changes but whose it is, and where it stands in files. False: it is not as it was seen any more. */
export async function keepService(
  tx: Transaction,
  actor: Actor,
  { slug, version, files: { ownership, seen } }: Pick<ServiceUpdate, 'slug' | 'version'> & { files: ByFiles },
): Promise<boolean> {
  const { count } = await tx.service.updateMany({ where: { slug, version, managedBy: seen }, data: ownershipOf(ownership) })
  if (count === 0) return false
  if (ownership.managedBy !== seen)
    await recordAudit(tx, actor, {
      ...{ action: 'service.adopt', entityType: 'service', entityId: slug },
      ...{ before: { managedBy: seen }, after: { managedBy: ownership.managedBy } },
    })
  return true
}

async function conflict(tx: Transaction, stored: StoredService, base: number): Promise<ServiceSaved> {
  const from = await recordAtVersion(tx, stored.id, base)
  const { version, author, record } = stored
  return { kind: 'conflict', version, author, changes: serviceChanges(from, record), definition: record }
}

/** Removes a service that promises nothing. One with SLOs, even deleted ones, or with reports stays: their history belongs to it. */
export async function deleteService(
  actor: Actor,
  { slug, version }: { slug: string; version: number },
): Promise<{ slug: string }> {
  authorize(canDefineService(actor), WHO)
  return transaction(async (tx) => {
    await aloneWithServices(tx)
    const { id, record, dependants, managed } = await storedService(tx, slug)
    if (managed)
      throw new HeadroomError(
        'CONFLICT',
        managedServiceText(record.name, managed, 'take it out of the files and apply them with pruning, or detach it.'),
      )
    const slos = await tx.slo.findMany({ where: { serviceId: id }, select: { name: true, deletedAt: true } })
    const kept = slos.filter(({ deletedAt }) => deletedAt === null)
    if (kept.length > 0)
      throw new HeadroomError('CONFLICT', `${record.name} has SLOs: ${namesOf(kept)}. Delete or move them first.`)
    if (slos.length > 0)
      throw new HeadroomError(
        'CONFLICT',
        `The history of ${namesOf(slos)} is kept here and can be brought back. The service stays.`,
      )
    const report = await tx.report.findFirst({ where: { serviceId: id }, select: { id: true } })
    if (report)
      throw new HeadroomError('CONFLICT', `${record.name} has monthly reports, which are kept. The service stays with them.`)
    const { count } = await tx.service.deleteMany({ where: { id, version } })
    if (count === 0)
      throw new HeadroomError('CONFLICT', 'Somebody changed this service meanwhile. Read it again before deleting.')
    await recordAudit(tx, actor, {
      ...{ action: 'service.delete', entityType: 'service', entityId: slug },
      before: asJson({ ...record, version, dependants }),
    })
    return { slug }
  })
}

const namesOf = (slos: { name: string }[]): string => listText(slos.map(({ name }) => `“${name}”`))

async function link(tx: Transaction, serviceId: number, { dependencyIds }: Placed): Promise<void> {
  await tx.serviceDependency.createMany({ data: dependencyIds.map((dependsOnId) => ({ serviceId, dependsOnId })) })
}

type Version = { serviceId: number; version: number; record: ServiceRecord; changes: string[] }

async function writeVersion(tx: Transaction, actor: Actor, { record, ...version }: Version): Promise<void> {
  const data = { ...version, definition: asJson(record), author: actorName(actor), authorId: actorId(actor) }
  await tx.serviceVersion.create({ data })
}

function columnsOf({ record, teamId, sloOwnerId, productOwnerId }: Placed) {
  const { name, description, tier, kind, labels, links, context, characteristics, timeZone } = record
  return {
    ...{ name, description, tier, kind, labels, links, context, characteristics, timeZone },
    teamId,
    sloOwnerId,
    productOwnerId,
  }
}

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
