import 'server-only'
import type { Place } from '../alert/in-force'
import type { Use } from '../alert/schema'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { type Tier, tierText } from '../service/tier'
import { toUnix } from '../time-series/units'
import { budgetPolicySchema, type PolicyInForce } from './budget-policy'
import { ofService } from './in-force'
import { canReadBudgetPolicies, WHO_READS } from './policy'
import { STANDARD, UNASSIGNED_POLICY } from './presets'
import type { Agreement, BudgetPolicyDetail, BudgetPolicyInfo } from './schema'

const rows = () =>
  db().errorBudgetPolicy.findMany({
    orderBy: [{ preset: 'desc' }, { id: 'asc' }],
    include: {
      agreements: { orderBy: { at: 'asc' } },
      assignments: {
        include: { service: { select: { slug: true, name: true } }, slo: { select: { id: true, name: true, deletedAt: true } } },
      },
    },
  })
type Row = Awaited<ReturnType<typeof rows>>[number]

/** Every policy with where it holds and who agreed, presets first. */
export async function listBudgetPolicies(actor: Actor): Promise<BudgetPolicyInfo[]> {
  authorize(canReadBudgetPolicies(actor), WHO_READS)
  const holding = await whereTheyHold()
  const all = await rows()
  return all.map((row) => infoOf(row, holding, fallbackOf(all)))
}

/** The policy that holds where nothing is assigned; `null` when the default is. */
const fallbackOf = (all: Row[]): string | null =>
  all.some(({ assignments }) => assignments.some(({ scope }) => scope === 'default')) ? null : UNASSIGNED_POLICY.slug

/** One policy with its versions, newest first, and who agreed to each. Throws NOT_FOUND. */
export async function budgetPolicy(actor: Actor, slug: string): Promise<BudgetPolicyDetail> {
  authorize(canReadBudgetPolicies(actor), WHO_READS)
  const all = await rows()
  const row = all.find((one) => one.slug === slug)
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no error-budget policy “${slug}”.`)
  const versions = await db().errorBudgetPolicyVersion.findMany({
    where: { policyId: row.id },
    orderBy: { version: 'desc' },
    take: 50,
  })
  return {
    ...infoOf(row, await whereTheyHold(), fallbackOf(all)),
    versions: versions.map(({ version, validFrom, author, changes }) => ({
      ...{ version, at: toUnix(validFrom), author, changes: changes as string[] },
      agreements: agreementsOf(row, version),
    })),
  }
}

/** The policy in force for a service as a whole. Throws NOT_FOUND. */
export async function budgetPolicyOfService(actor: Actor, slug: string): Promise<PolicyInForce> {
  authorize(canReadBudgetPolicies(actor), WHO_READS)
  const service = await db().service.findUnique({ where: { slug }, select: { id: true, tier: true } })
  if (!service) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  return (await loadBudgetPolicies(pool()))(ofService(service.id, service.tier))
}

/** Every service as a whole (number 0), and every SLO that is measured. */
export const PLACES = `SELECT 0 AS id, id AS "serviceId", tier::text AS tier FROM service
  UNION ALL SELECT s.id, v.id, v.tier::text FROM slo s JOIN service v ON v.id = s.service_id
  WHERE s.deleted_at IS NULL AND s.lifecycle = 'active'`

type Holding = { slug: string; kind: 'service' | 'slo' }

async function whereTheyHold(): Promise<Holding[]> {
  const policyFor = await loadBudgetPolicies(pool())
  const { rows: places } = await pool().query<Place>(PLACES)
  return places.map((place) => ({ slug: policyFor(place).slug, kind: place.id === 0 ? 'service' : 'slo' }))
}

const agreementsOf = ({ agreements }: Row, version: number): Agreement[] =>
  agreements
    .filter((one) => one.version === version)
    .map(({ role, personId, personName, at }) => ({ role, personId, name: personName, at }))

function infoOf(row: Row, holding: Holding[], fallback: string | null): BudgetPolicyInfo {
  const { id, slug, name, description, preset, version } = row
  const read = budgetPolicySchema.safeParse(row.settings)
  const settings = read.success ? read.data : STANDARD.settings
  const agreements = agreementsOf(row, version).filter(({ role }) => settings.agreedBy.includes(role))
  const holds = (kind: Holding['kind']) => holding.filter((one) => one.slug === slug && one.kind === kind).length
  return {
    ...{ id, slug, name, description, preset, version, settings, readable: read.success },
    uses: row.assignments.filter(({ slo }) => !slo?.deletedAt).map(useOf),
    fallback: slug === fallback,
    ...{ services: holds('service'), slos: holds('slo'), agreements },
    open: [...new Set(settings.agreedBy)].filter((role) => !agreements.some((one) => one.role === role)),
  }
}

function useOf({ scope, tier, service, slo }: Row['assignments'][number]): Use {
  if (slo) return { scope, kind: 'slo', words: slo.name, href: `/slos/${slo.id}` }
  if (service)
    return { scope: `service:${service.slug}`, kind: 'service', words: service.name, href: `/services/${service.slug}` }
  if (tier) return { scope, kind: 'tier', words: `Tier ${tierText(tier as Tier).toLowerCase()}`, href: null }
  return { scope, kind: 'default', words: 'Default', href: null }
}
