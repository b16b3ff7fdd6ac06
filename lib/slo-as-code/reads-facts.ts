import 'server-only'
import { alertPolicySchema } from '../alert/alert-policy'
import { WORKBOOK } from '../alert/presets'
import type { Transaction } from '../db/client'
import { budgetPolicySchema } from '../policy/budget-policy'
import { STANDARD } from '../policy/presets'
import { NO_LINKS, type ServiceLinks } from '../service/definition-input'
import type { ServiceDeclared } from '../service/managed'
import { recordOf } from '../slo/definition-record'
import { compositesThere, membersThere } from '../slo/reads-members'
import type { Declared } from './declared'
import { type BudgetPolicyFact, type Facts, keyOf, type ServiceFact, type SloFact } from './facts'

/** Reads inside the transaction that writes as well: then nothing has changed since. One question at a time. */
export async function factsFor(on: Transaction, declared: Declared, owner: string | null): Promise<Facts> {
  const services = [...new Set(declared.slos.map(({ service }) => service))]
  const named = [
    ...declared.budgetPolicies.map(({ slug }) => slug),
    ...declared.slos.flatMap(({ budgetPolicy }) => budgetPolicy ?? []),
  ]
  const sources = await on.dataSource.findMany({ select: { name: true, url: true, scrapeSeconds: true }, orderBy: { id: 'asc' } })
  const teams = await on.team.findMany({ select: { slug: true, name: true }, orderBy: { slug: 'asc' } })
  const known = await on.service.findMany({
    select: {
      ...{
        id: true,
        slug: true,
        name: true,
        description: true,
        labels: true,
        tier: true,
        kind: true,
        timeZone: true,
        links: true,
      },
      ...{ managedBy: true, declared: true, version: true, team: { select: { slug: true } } },
      dependencies: { select: { dependsOn: { select: { slug: true } } }, orderBy: { dependsOn: { slug: 'asc' } } },
    },
    orderBy: { slug: 'asc' },
  })
  const ours = owner === null ? [] : [{ managedBy: owner }]
  const slos = await sloRows(on, services, owner)
  const composites = await compositesThere(on)
  const refs = declared.slos.flatMap(({ indicator }) => (indicator?.kind === 'composite' ? indicator.members : []))
  const elsewhere = [...new Set(refs.map(({ service }) => service))].filter((slug) => !services.includes(slug))
  const members = await membersThere(on, { service: { slug: { in: elsewhere } } })
  const presets = await on.alertPolicy.findMany({ where: { preset: true }, select: { slug: true, name: true, settings: true } })
  const assigned = await on.alertPolicyAssignment.findMany({
    where: { NOT: { scope: { startsWith: 'slo:' } } },
    select: { scope: true, policy: { select: { id: true, slug: true, name: true, version: true, settings: true } } },
    orderBy: { scope: 'asc' },
  })
  const policies = await on.errorBudgetPolicy.findMany({
    where: { OR: [{ slug: { in: named } }, ...ours] },
    include: { _count: { select: { assignments: true } } },
    orderBy: { slug: 'asc' },
  })
  const all = await on.errorBudgetPolicy.findMany({ select: { slug: true }, orderBy: { slug: 'asc' } })
  return {
    ...{ sources, teams, composites, members, alertPresets: presets, budgetPolicyNames: all.map(({ slug }) => slug) },
    alertsAssigned: assigned.map(({ scope, policy }) => ({ scope, ...policy })),
    services: new Map(known.map((one) => [one.slug, serviceFactOf(one)])),
    slos: new Map(slos.map(factOf).map((one) => [one.key, one])),
    budgetPolicies: new Map(
      policies.map(({ slug, name, description, settings, _count, ...row }): [string, BudgetPolicyFact] => {
        const read = budgetPolicySchema.safeParse(settings)
        const input = { slug, name, description, settings: read.success ? read.data : STANDARD.settings }
        return [slug, { ...row, input, uses: _count.assignments }]
      }),
    ),
  }
}

type ServiceRow = Omit<ServiceFact, 'team' | 'labels' | 'links' | 'declared' | 'dependencies'> & {
  team: { slug: string }
  labels: unknown
  links: unknown
  declared: unknown
  dependencies: { dependsOn: { slug: string } }[]
}

const serviceFactOf = ({ team, labels, links, declared, dependencies, ...row }: ServiceRow): ServiceFact => ({
  ...{ ...row, team: team.slug, labels: labels as Record<string, string>, declared: declared as ServiceDeclared | null },
  links: { ...NO_LINKS, ...(links as Partial<ServiceLinks>) },
  dependencies: dependencies.map(({ dependsOn }) => dependsOn.slug),
})

/** One statement: inside a transaction there is one connection, and it answers one question at a time. */
const SLOS = `SELECT s.id, s.version, s.lifecycle::text, s.managed_by AS "managedBy", s.declared, s.deleted_at IS NOT NULL AS deleted,
  CASE WHEN s.deleted_at IS NOT NULL THEN (SELECT e.before->>'managedBy' FROM audit_entry e WHERE e.entity_type = 'slo'
    AND e.entity_id = s.id::text AND e.action = 'slo.delete' ORDER BY e.id DESC LIMIT 1) END AS "prunedBy",
  s.name, s.slug, s.description, s.gating, s.labels, s.objective_group AS "objectiveGroup", s.indicator, s.method::text,
  s.slice_target AS "sliceTarget", s.target, s."window", s.no_data_policy::text AS "noDataPolicy", s.coverage_floor AS "coverageFloor",
  s.min_events AS "minEvents", v.slug AS "serviceSlug", d.name AS "sourceName",
  (SELECT json_build_object('id', p.id, 'slug', p.slug, 'name', p.name, 'settings', p.settings) FROM alert_policy_assignment a
    JOIN alert_policy p ON p.id = a.policy_id WHERE a.scope = 'slo:' || s.id) AS assigned,
  (SELECT json_build_object('id', o.id, 'version', o.version, 'slug', o.slug, 'name', o.name, 'description', o.description,
    'settings', o.settings, 'elsewhere', (SELECT count(*) FROM alert_policy_assignment a WHERE a.policy_id = o.id AND a.scope <> 'slo:' || s.id))
    FROM alert_policy o WHERE o.id = s.own_alert_policy_id) AS own,
  (SELECT p.slug FROM error_budget_policy_assignment a JOIN error_budget_policy p ON p.id = a.policy_id WHERE a.scope = 'slo:' || s.id)
    AS "budgetPolicy"
  FROM slo s JOIN service v ON v.id = s.service_id JOIN data_source d ON d.id = s.data_source_id
  WHERE v.slug = ANY($1::text[]) OR s.managed_by = $2::text ORDER BY s.id`

type Row = Parameters<typeof recordOf>[0] &
  Pick<SloFact, 'id' | 'version' | 'lifecycle' | 'managedBy' | 'prunedBy' | 'declared' | 'deleted' | 'budgetPolicy'> & {
    assigned: { id: number; slug: string; name: string; settings: unknown } | null
    own: {
      id: number
      version: number
      slug: string
      name: string
      description: string
      settings: unknown
      elsewhere: number
    } | null
  }

const sloRows = (on: Transaction, services: string[], owner: string | null) => on.$queryRawUnsafe<Row[]>(SLOS, services, owner)

function factOf(row: Row): SloFact {
  const { id, version, lifecycle, managedBy, prunedBy, declared, deleted, budgetPolicy, assigned, own } = row
  const definition = recordOf(row)
  const settings = alertPolicySchema.safeParse(own?.settings)
  return {
    ...{ id, version, lifecycle, managedBy, prunedBy, declared, deleted, budgetPolicy, definition, key: keyOf(definition) },
    alerts: assigned && {
      ...{ slug: assigned.slug, name: assigned.name, settings: assigned.settings },
      own: assigned.id === own?.id,
    },
    ownPolicy: own && {
      ...{ id: own.id, version: own.version, elsewhere: own.elsewhere },
      input: {
        ...{ slug: own.slug, name: own.name, description: own.description },
        settings: settings.success ? settings.data : WORKBOOK.settings,
      },
    },
  }
}
