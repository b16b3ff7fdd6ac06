import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import { PEOPLE } from '../lib/demo/world'
import { periodOf, quarterOf, quartersFrom } from '../lib/priority/quarter'
import { DAY, type UnixSeconds } from '../lib/time-series/units'

/** How many days before each of the last three quarters began a team agreed on it, oldest first; null: never. */
const PLANNED: Record<string, [number | null, number | null, number | null]> = {
  storefront: [9, 6, 12],
  payments: [4, 11, -3],
  fulfilment: [8, null, 5],
  platform: [null, 2, 10],
  data: [7, 3, -12],
}
const SHARES = [0.25, 0.3, 0.35]

/** Plans of past quarters, and people who stand for the policy that holds everywhere else. Made once. */
export async function seedGovernance(tx: Transaction, anchor: UnixSeconds): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'governance', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  let made = 0
  for (const team of await tx.team.findMany()) {
    for (const [i, before] of (PLANNED[team.slug] ?? []).entries()) {
      if (before === null) continue
      const quarter = quartersFrom(quarterOf(anchor), i - 3)
      const decidedAt = periodOf(quarter).from - before * DAY
      const plan = { reliability: SHARES[i] ?? 0.3, decidedBy: 'Pablo Reyes', decidedAt }
      await tx.capacityPlan.upsert({
        where: { teamId_quarter: { teamId: team.id, quarter } },
        create: { teamId: team.id, quarter, ...plan },
        update: {},
      })
      made += 1
    }
  }
  const standard = await tx.errorBudgetPolicy.findUnique({ where: { slug: 'standard' }, select: { id: true, version: true } })
  for (const role of ['engineer', 'slo_owner', 'product_owner'] as const) {
    const name = PEOPLE.find((one) => one.role === role)?.name
    const person = await tx.user.findFirst({ where: { demo: true, name } })
    if (!standard || !person) continue
    const key = { policyId: standard.id, version: standard.version, role }
    const create = { ...key, personId: person.id, personName: person.name, at: anchor }
    await tx.errorBudgetPolicyAgreement.upsert({ where: { policyId_version_role: key }, create, update: {} })
    made += 1
  }
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made } })
}
