import 'server-only'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { ServiceRecord } from './definition-input'
import { serviceRecordOf } from './definition-record'
import type { ManagedService, ServiceDeclared } from './managed'

/** A service as it is written down; who asks has been authorized. */
export type StoredService = {
  id: number
  version: number
  author: string
  record: ServiceRecord
  dependants: string[]
  managed: ManagedService | null
}

type Row = Omit<ServiceRecord, 'team'> & {
  id: number
  version: number
  author: string | null
  team: string
  dependants: string[]
  managedBy: string | null
  declared: ServiceDeclared | null
}

/** One statement: inside a transaction there is one connection, and it answers one question at a time. */
const ROWS = `SELECT v.id, v.slug, v.name, v.description, v.tier::text, v.kind::text, v.labels, v.links, v.context, v.characteristics,
  v.time_zone AS "timeZone", v.version, v.managed_by AS "managedBy", v.declared, t.slug AS team, so.email AS "sloOwner", po.email AS "productOwner",
  ARRAY(SELECT d.slug FROM service_dependency a JOIN service d ON d.id = a.depends_on_id WHERE a.service_id = v.id ORDER BY d.slug COLLATE "C") AS dependencies,
  ARRAY(SELECT d.slug FROM service_dependency a JOIN service d ON d.id = a.service_id WHERE a.depends_on_id = v.id ORDER BY d.slug COLLATE "C") AS dependants,
  (SELECT w.author FROM service_version w WHERE w.service_id = v.id ORDER BY w.version DESC LIMIT 1) AS author
  FROM service v JOIN team t ON t.id = v.team_id LEFT JOIN "user" so ON so.id = v.slo_owner_id
  LEFT JOIN "user" po ON po.id = v.product_owner_id`

/** Throws NOT_FOUND. */
export async function storedService(tx: Transaction, slug: string): Promise<StoredService> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${ROWS} WHERE v.slug = $1`, slug)
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  return storedOf(row)
}

/** Those that come from files, set by set. */
export async function managedServices(tx: Transaction): Promise<StoredService[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(`${ROWS} WHERE v.managed_by IS NOT NULL ORDER BY v.managed_by, v.slug`)
  return rows.map(storedOf)
}

function storedOf({ id, version, author, dependants, managedBy, declared, ...definition }: Row): StoredService {
  const managed = managedBy === null ? null : { owner: managedBy, declared }
  return { id, version, author: author ?? 'somebody', record: serviceRecordOf(definition), dependants, managed }
}

/** The definition at a version; empty when it was never written down. */
export async function recordAtVersion(tx: Transaction, serviceId: number, version: number): Promise<Partial<ServiceRecord>> {
  const row = await tx.serviceVersion.findUnique({ where: { serviceId_version: { serviceId, version } } })
  return (row?.definition ?? {}) as Partial<ServiceRecord>
}
