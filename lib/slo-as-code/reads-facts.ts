import 'server-only'
import { alertPolicySchema } from '../alert/alert-policy'
import { WORKBOOK } from '../alert/presets'
import type { Transaction } from '../db/client'
import { budgetPolicySchema } from '../policy/budget-policy'
import { STANDARD } from '../policy/presets'
import { recordOf } from '../slo/definition-record'
import type { Declared } from './declared'
import { type BudgetPolicyFact, type Facts, keyOf, type SloFact } from './facts'
import type { DeclaredThen } from './plan'

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
    select: { slug: true, name: true, description: true, labels: true, managedBy: true, version: true },
    orderBy: { slug: 'asc' },
  })
  const ours = owner === null ? [] : [{ managedBy: owner }]
  const slos = await sloRows(on, [{ service: { slug: { in: services } } }, ...ours])
  const presets = await on.alertPolicy.findMany({ where: { preset: true }, select: { slug: true, name: true, settings: true } })
  const policies = await on.errorBudgetPolicy.findMany({
    where: { OR: [{ slug: { in: named } }, ...ours] },
    include: { _count: { select: { assignments: true } } },
    orderBy: { slug: 'asc' },
  })
  return {
    ...{ sources, teams, alertPresets: presets },
    services: new Map(known.map((one) => [one.slug, { ...one, labels: one.labels as Record<string, string> }])),
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

const sloRows = (on: Transaction, among: object[]) =>
  on.slo.findMany({
    where: { OR: among },
    include: {
      service: { select: { slug: true } },
      dataSource: { select: { name: true } },
      alertPolicies: { include: { policy: true } },
      ownAlertPolicy: { include: { _count: { select: { assignments: true } } } },
      budgetPolicies: { include: { policy: { select: { slug: true } } } },
    },
    orderBy: { id: 'asc' },
  })

function factOf(row: Awaited<ReturnType<typeof sloRows>>[number]): SloFact {
  const { id, version, lifecycle, managedBy, service, dataSource, ownAlertPolicy: own } = row
  const definition = recordOf({ ...row, serviceSlug: service.slug, sourceName: dataSource.name })
  const assigned = row.alertPolicies[0]?.policy ?? null
  const settings = alertPolicySchema.safeParse(own?.settings)
  return {
    ...{ id, version, lifecycle, managedBy, definition, key: keyOf(definition), deleted: row.deletedAt !== null },
    declared: row.declared as DeclaredThen | null,
    alerts: assigned && {
      ...{ slug: assigned.slug, name: assigned.name, settings: assigned.settings },
      own: assigned.id === own?.id,
    },
    ownPolicy: own && {
      ...{ id: own.id, version: own.version },
      input: {
        ...{ slug: own.slug, name: own.name, description: own.description },
        settings: settings.success ? settings.data : WORKBOOK.settings,
      },
      elsewhere: own._count.assignments - (assigned?.id === own.id ? 1 : 0),
    },
    budgetPolicy: row.budgetPolicies[0]?.policy.slug ?? null,
  }
}
