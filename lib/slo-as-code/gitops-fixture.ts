import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Actor } from '../auth/actor'
import type { Role } from '../auth/role'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { sloDefinitionSchema } from '../slo/definition-input'
import { applyFiles } from './commands-apply'
import { sloDocument } from './openslo/write-slo'
import type { Plan } from './plan'
import { UNTOLD_SCRAPE } from './portable'
import { planFiles } from './reads-plan'
import { applySchema } from './schema'

/** Files of a team, and the shortest ways to plan and apply them. */

export const person = (role: Role): Actor => ({ type: 'user', id: role, name: `A ${role}`, email: `${role}@example.org`, role })
export const OWNER = person('slo_owner')
const NOW = Date.UTC(2026, 0, 5) / 1000

type Written = {
  target?: number
  name?: string
  service?: string
  alerts?: string
  days?: number
  metric?: string
  displayName?: string
}

export const sloFile = (slug: string, written: Written = {}): string => {
  const { target = 0.99, service = 'shop', alerts = '', days = 28, metric = 'requests_total', displayName = slug } = written
  const query = (more: string) => `sum(rate(${metric}{job="${service}"${more}}[5m]))`
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${slug}, displayName: ${displayName} }
spec:
  service: ${service}
  indicator:
    metadata: { name: answered }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: '${query(',code!~"5.."')}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: '${query('')}' } } }
  timeWindow: [{ duration: ${days}d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: Good, target: ${target} }]
${alerts}`
}

/** A composite of SLOs of the service shop, as the portal writes one. */
export const compositeFile = (slug: string, members: string[], { target = 0.99, days = 28 } = {}): string => {
  const parts = members.map((slo) => ({ service: 'shop', slo, weight: 1 }))
  const definition = sloDefinitionSchema.parse({
    ...{ slug, name: slug, service: 'shop', dataSource: 'prometheus', target, window: { kind: 'rolling', days } },
    indicator: { kind: 'composite', rule: 'worst-of', late: 'leave-out', members: parts },
  })
  const slo = { definition, alerting: null, scrapeSeconds: UNTOLD_SCRAPE, links: { runbook: null, dashboard: null } }
  const { metadata, ...document } = sloDocument(slo, slug, { named: false, members: null }).documents[0] as unknown as {
    metadata: { annotations: Record<string, string> }
  }
  // It says nothing of alerts: those are another matter.
  const { 'headroom.dev/indicator': indicator } = metadata.annotations
  return JSON.stringify({
    ...document,
    metadata: { name: slug, displayName: slug, annotations: { 'headroom.dev/indicator': indicator } },
  })
}

export const serviceFile = (slug: string, labels = '{ team: payments, tier: critical, kind: web }'): string =>
  `apiVersion: openslo/v1\nkind: Service\nmetadata: { name: ${slug}, displayName: Shop of ${slug}, labels: ${labels} }\nspec: { description: Sells. }\n`

/** A service with annotations of ours: texts as they are, anything else as JSON. */
export const annotated = (slug: string, annotations: Record<string, unknown>): string => {
  const written = Object.entries(annotations).map(([key, value]) => [
    `headroom.dev/${key}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const metadata = { name: slug, annotations: Object.fromEntries(written) }
  return JSON.stringify({ apiVersion: 'openslo/v1', kind: 'Service', metadata, spec: {} })
}

/** One page at this many times the budget. */
export const alerts = (burn: number): string => `  alertPolicies:
    - kind: AlertPolicy
      metadata: { name: fast }
      spec:
        conditions:
          - kind: AlertCondition
            metadata: { name: burn }
            spec: { severity: page, condition: { kind: burnrate, op: gte, threshold: ${burn}, lookbackWindow: 1h, alertAfter: 2m } }
        notificationTargets:
          - kind: AlertNotificationTarget
            metadata: { name: pager }
            spec: { target: pager }
`

export type Files = Record<string, string>
const bodyOf = (files: Files, more: object) => ({
  files: Object.entries(files).map(([name, content]) => ({ name, content })),
  owner: 'shop/slos',
  ...more,
})
export const plan = (files: Files, more: object = {}, actor: Actor = OWNER, now = NOW): Promise<Plan> =>
  planFiles(actor, applySchema.parse(bodyOf(files, more)), now)
export const apply = async (files: Files, more: object = {}, actor: Actor = OWNER): Promise<Plan> =>
  (await applyFiles(actor, applySchema.parse(bodyOf(files, more)), NOW)).plan

/** "create slo shop/availability" for each thing a plan would do. */
export const told = ({ items }: Plan): string[] =>
  items.filter(({ verb }) => verb !== 'unchanged').map(({ verb, kind, key }) => `${verb} ${kind} ${key}`)

/** Everything that applying may write, counted. */
export async function counted(): Promise<number[]> {
  const on = db()
  return [
    await on.slo.count(),
    await on.sloVersion.count(),
    await on.service.count(),
    await on.alertPolicy.count(),
    await on.alertPolicyAssignment.count(),
    await on.errorBudgetPolicy.count(),
    await on.managedSet.count(),
    await on.auditEntry.count(),
  ]
}

/** A database of its own for the tests of a file, with a team and a source and nothing else before each. */
export function freshPortal() {
  let database: Awaited<ReturnType<typeof testDatabase>>

  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(async () => {
    await disconnect()
    await database.drop()
  })
  beforeEach(async () => {
    await pool().query(
      'TRUNCATE slo, service, team, data_source, audit_entry, alert_policy_assignment, error_budget_policy_assignment CASCADE',
    )
    await pool().query('DELETE FROM error_budget_policy WHERE NOT preset')
    await pool().query('DELETE FROM managed_set')
    await pool().query('DELETE FROM alert_policy WHERE NOT preset')
    await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
    await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
  })
}
