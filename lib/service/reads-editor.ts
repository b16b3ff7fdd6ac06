import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { slugSchema } from '../slo/definition-input'
import { canDetach } from '../slo-as-code/policy'
import { draftFieldsOf, draftOfService, EMPTY_SERVICE_DRAFT, type ServiceDraft } from './draft'
import { FIELD_NAMES, saidFields } from './managed'
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
  /** where files say some of it; `null`: they do not */
  managed: {
    owner: string
    /** "slos/shop.yaml, line 1"; `null`: it was applied before the portal kept what files say */
    place: string | null
    /** fields of the form, and what they are called */
    fields: (keyof ServiceDraft)[]
    names: string[]
    /** then it goes out as a file */
    hasSlos: boolean
    mayDetach: boolean
  } | null
}

const WHO = 'Only engineers, SLO owners and administrators define services.'

export async function newServiceStart(actor: Actor): Promise<ServiceStart> {
  authorize(canDefineService(actor), WHO)
  const { services, ...choices } = await choicesOf()
  return { ...choices, services: services.map(plain), draft: EMPTY_SERVICE_DRAFT, dependants: [], stored: null, managed: null }
}

/** Throws NOT_FOUND. */
export async function editServiceStart(actor: Actor, slug: string): Promise<ServiceStart> {
  authorize(canDefineService(actor), WHO)
  const { record, version, dependants, managed } = await storedService(db(), slugSchema.parse(slug))
  const { services, ...choices } = await choicesOf()
  return {
    ...choices,
    services: services.filter((service) => service.slug !== slug).map(plain),
    draft: draftOfService(record),
    dependants: services.filter((service) => dependants.includes(service.slug)).map(({ name, tier }) => ({ name, tier })),
    stored: { slug, version },
    managed: managed && {
      owner: managed.owner,
      place: managed.declared && `${managed.declared.file}, line ${managed.declared.line}`,
      fields: saidFields(managed).flatMap(draftFieldsOf),
      names: saidFields(managed).map((field) => FIELD_NAMES[field]),
      hasSlos: (await db().slo.count({ where: { service: { slug }, lifecycle: 'active', deletedAt: null } })) > 0,
      mayDetach: canDetach(actor),
    },
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
