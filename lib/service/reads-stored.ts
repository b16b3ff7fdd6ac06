import 'server-only'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import type { ServiceRecord } from './definition-input'
import { serviceRecordOf } from './definition-record'

/** A service as it is written down; who asks has been authorized. */
export type StoredService = { id: number; version: number; author: string; record: ServiceRecord; dependants: string[] }

/** Throws NOT_FOUND. */
export async function storedService(tx: Transaction, slug: string): Promise<StoredService> {
  const row = await tx.service.findUnique({
    where: { slug },
    include: {
      team: true,
      sloOwner: true,
      productOwner: true,
      dependencies: { select: { dependsOn: { select: { slug: true } } } },
      dependants: { select: { service: { select: { slug: true } } } },
      versions: { orderBy: { version: 'desc' }, take: 1, select: { author: true } },
    },
  })
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  const record = serviceRecordOf({
    ...row,
    team: row.team.slug,
    sloOwner: row.sloOwner?.email ?? null,
    productOwner: row.productOwner?.email ?? null,
    dependencies: row.dependencies.map(({ dependsOn }) => dependsOn.slug).sort(),
  })
  const dependants = row.dependants.map(({ service }) => service.slug).sort()
  return { id: row.id, version: row.version, author: row.versions[0]?.author ?? 'somebody', record, dependants }
}

/** The definition at a version; empty when it was never written down. */
export async function recordAtVersion(tx: Transaction, serviceId: number, version: number): Promise<Partial<ServiceRecord>> {
  const row = await tx.serviceVersion.findUnique({ where: { serviceId_version: { serviceId, version } } })
  return (row?.definition ?? {}) as Partial<ServiceRecord>
}
