import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { slugSchema } from '../slo/definition-input'
import { draftOfService, EMPTY_SERVICE_DRAFT, type ServiceDraft } from './draft'
import { canDefineService } from './policy'
import { storedService } from './reads-stored'
import type { Person } from './service'
import type { TierFacts } from './tier-recommendation'

export type ServiceStart = {
  draft: ServiceDraft
  teams: { slug: string; name: string }[]
  people: Person[]
  /** what it may depend on */
  services: { slug: string; name: string }[]
  /** who depends on it, for the recommended tier */
  dependants: TierFacts['dependants']
  /** the version that is edited; `null` for a new service */
  stored: { slug: string; version: number } | null
}

const WHO = 'Only engineers, SLO owners and administrators define services.'

export async function newServiceStart(actor: Actor): Promise<ServiceStart> {
  authorize(canDefineService(actor), WHO)
  const { services, ...choices } = await choicesOf()
  return { ...choices, services: services.map(plain), draft: EMPTY_SERVICE_DRAFT, dependants: [], stored: null }
}

/** Throws NOT_FOUND. */
export async function editServiceStart(actor: Actor, slug: string): Promise<ServiceStart> {
  authorize(canDefineService(actor), WHO)
  const { record, version, dependants } = await storedService(db(), slugSchema.parse(slug))
  const { services, ...choices } = await choicesOf()
  return {
    ...choices,
    services: services.filter((service) => service.slug !== slug).map(plain),
    draft: draftOfService(record),
    dependants: services.filter((service) => dependants.includes(service.slug)).map(({ name, tier }) => ({ name, tier })),
    stored: { slug, version },
  }
}

const plain = ({ slug, name }: { slug: string; name: string }) => ({ slug, name })

async function choicesOf() {
  const orderBy = { name: 'asc' } as const
  const [teams, people, services] = await Promise.all([
    db().team.findMany({ select: { slug: true, name: true }, orderBy }),
    db().user.findMany({ where: { disabledAt: null }, select: { email: true, name: true }, orderBy }),
    db().service.findMany({ select: { slug: true, name: true, tier: true }, orderBy }),
  ])
  return { teams, people, services }
}
