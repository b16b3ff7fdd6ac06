import 'server-only'
import type { Transaction } from '../db/client'
import type { FieldIssue } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { refuse } from './commands-change'
import { edgeAfter, edgeBefore } from './edges'

export type Scope = {
  services: { id: number; slug: string; name: string }[]
  slos: { id: number; name: string; serviceId: number }[]
}

/** The services and SLOs that are named, each refused at its field when there is none. The service of a named SLO is hit as well. */
export async function scopeOf(
  tx: Transaction,
  { services = [], slos = [] }: { services?: string[]; slos?: number[] },
): Promise<Scope> {
  const rows = await tx.slo.findMany({
    where: { id: { in: slos }, deletedAt: null },
    select: { id: true, name: true, serviceId: true },
  })
  const known = await tx.service.findMany({
    where: { OR: [{ slug: { in: services } }, { id: { in: rows.map(({ serviceId }) => serviceId) } }] },
    select: { id: true, slug: true, name: true },
  })
  const issues: FieldIssue[] = [
    ...services
      .filter((slug) => !known.some((service) => service.slug === slug))
      .map((slug) => ({ path: 'services', message: `There is no service “${slug}”. Choose one of the list.` })),
    ...slos
      .filter((id) => !rows.some((slo) => slo.id === id))
      .map((id) => ({ path: 'slos', message: `There is no SLO with the number ${id}. Choose others.` })),
  ]
  refuse(issues)
  return { services: known, slos: rows }
}

type Times = { startedAt: UnixSeconds; mitigatedAt: UnixSeconds | null }

/** SLOs are hit for as long as the incident lasts. */
export async function addImpacts(tx: Transaction, incidentId: number, sloIds: number[], times: Times): Promise<void> {
  const { startedAt, mitigatedAt } = times
  const fromTs = edgeBefore(startedAt)
  await tx.incidentImpact.createMany({
    data: sloIds.map((sloId) => ({ incidentId, sloId, fromTs, toTs: mitigatedAt === null ? null : edgeAfter(mitigatedAt) })),
  })
}
