import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { canReadIncidents, WHO_READS } from './policy'

export type ServiceChoice = { slug: string; name: string; slos: { id: number; name: string }[] }
export type PersonChoice = { id: string; name: string }
export type IncidentChoices = { services: ServiceChoice[]; people: PersonChoice[] }

/** What forms about incidents choose from: services with their SLOs, and people who may act. */
export async function incidentChoices(actor: Actor): Promise<IncidentChoices> {
  authorize(canReadIncidents(actor), WHO_READS)
  const services = await db().service.findMany({
    select: {
      ...{ slug: true, name: true },
      slos: { where: { deletedAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } },
    },
    orderBy: { name: 'asc' },
  })
  const people = await db().user.findMany({
    where: { disabledAt: null, role: { not: 'viewer' } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return { services, people }
}
