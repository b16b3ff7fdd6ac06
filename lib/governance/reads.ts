import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import type { Role } from '../auth/role'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { ofService } from '../policy/in-force'
import { roleText } from '../policy/words'
import type { Tier } from '../service/tier'
import { toUnix, type UnixSeconds } from '../time-series/units'
import { GAP_KINDS, type GapKind, gapsFirst, gapsOf, type Holder, holdingMatches, type ServiceHolding } from './holding'
import { canReadGovernance, WHO_READS } from './policy'
import { keepingOf } from './practice'
import { PRACTICES } from './reads-practices'
import type { Governance, GovernanceQuery, RoleHolders } from './schema'
import { RESPONSIBILITIES, SHOWN_ROLES } from './words'

type Row = {
  id: number
  slug: string
  name: string
  tier: Tier
  team: { slug: string; name: string; people: number }
  sloOwner: Holder | null
  productOwner: Holder | null
  slos: number
}

const HOLDER = (alias: string) =>
  `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'role', ${alias}.role, 'disabled', ${alias}.disabled_at IS NOT NULL) END`

const SERVICES = `SELECT v.id, v.slug, v.name, v.tier::text AS tier,
  json_build_object('slug', t.slug, 'name', t.name, 'people', (SELECT count(*) FROM "user" u WHERE u.team_id = t.id AND u.disabled_at IS NULL)) AS team,
  ${HOLDER('so')} AS "sloOwner", ${HOLDER('po')} AS "productOwner",
  (SELECT count(*)::int FROM slo s WHERE s.service_id = v.id AND s.deleted_at IS NULL AND s.lifecycle = 'active') AS slos
  FROM service v JOIN team t ON t.id = v.team_id
  LEFT JOIN "user" so ON so.id = v.slo_owner_id LEFT JOIN "user" po ON po.id = v.product_owner_id
  WHERE $1::text IS NULL OR t.slug = $1`

/** Who is responsible for what, what is missing, and how well the practices are kept. */
export async function governance(
  actor: Actor,
  { team: slug, q, gaps, page, limit }: GovernanceQuery,
  now: UnixSeconds = toUnix(new Date()),
): Promise<Governance> {
  authorize(canReadGovernance(actor), WHO_READS)
  const team = slug === undefined ? null : await db().team.findUnique({ where: { slug }, select: { slug: true, name: true } })
  if (slug !== undefined && team === null) throw new HeadroomError('NOT_FOUND', `There is no team “${slug}”.`)
  const all = await holdings(slug ?? null)
  const matched = all.filter((one) => (gaps === undefined || one.gaps.length > 0) && (q === '' || holdingMatches(one, q)))
  const practices = await Promise.all(PRACTICES.map((read) => read(slug ?? null, now)))
  const count = (kind: GapKind) => all.filter((one) => one.gaps.some((gap) => gap.kind === kind)).length
  return {
    ...{ asOf: now, team, roles: await roles(slug ?? null), services: matched.slice((page - 1) * limit, page * limit) },
    ...{ total: all.length, matched: matched.length, withGaps: all.filter((one) => one.gaps.length > 0).length },
    gapCounts: Object.fromEntries(GAP_KINDS.map((kind) => [kind, count(kind)])) as Record<GapKind, number>,
    practices: practices.map((practice) => ({ ...practice, keeping: keepingOf(practice.occurrences) })),
  }
}

/** Teams to filter by. */
export async function governedTeams(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorize(canReadGovernance(actor), WHO_READS)
  return db().team.findMany({ select: { slug: true, name: true }, orderBy: { name: 'asc' } })
}

async function holdings(team: string | null): Promise<ServiceHolding[]> {
  const { rows } = await pool().query<Row>(SERVICES, [team])
  const policyFor = await loadBudgetPolicies(pool())
  const agreed = await pool().query<{ key: string }>(
    `SELECT concat_ws(' ', p.slug, a.version, a.role) AS key FROM error_budget_policy_agreement a JOIN error_budget_policy p ON p.id = a.policy_id`,
  )
  const said = new Set(agreed.rows.map(({ key }) => key))
  const holding = rows.map(({ id, ...service }): ServiceHolding => {
    const { slug, name, version, settings } = policyFor(ofService(id, service.tier))
    const open = [...new Set(settings.agreedBy)].filter((role) => !said.has(`${slug} ${version} ${role}`))
    const facts = { ...service, policy: { slug, name, version, open } }
    return { ...facts, gaps: gapsOf(facts, roleText) }
  })
  return holding.sort(gapsFirst)
}

/** More names than these are a list of their own. */
const NAMES = 6

async function roles(team: string | null): Promise<RoleHolders[]> {
  const { rows } = await pool().query<{ role: Role; people: number; names: string[] }>(
    `SELECT u.role::text AS role, count(*)::int AS people, (array_agg(u.name ORDER BY u.name))[1:${NAMES}] AS names
     FROM "user" u LEFT JOIN team t ON t.id = u.team_id WHERE u.disabled_at IS NULL AND ($1::text IS NULL OR t.slug = $1) GROUP BY u.role`,
    [team],
  )
  return SHOWN_ROLES.map((role) => {
    const found = rows.find((one) => one.role === role)
    return { role, responsibilities: RESPONSIBILITIES[role], people: found?.people ?? 0, names: found?.names ?? [] }
  })
}
