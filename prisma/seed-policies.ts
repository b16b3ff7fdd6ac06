import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import type { Prisma } from '../lib/db/generated/client'
import { budgetPolicySchema } from '../lib/policy/budget-policy'
import { budgetPolicyChanges } from '../lib/policy/changes'
import { STANDARD } from '../lib/policy/presets'
import { DAY, type UnixSeconds } from '../lib/time-series/units'

/** Who agreed to which version, so many days before the anchor. */
const AGREED = [
  ...[
    { version: 1, email: 'emil@demo.headroom.example', before: 59 },
    { version: 1, email: 'sofia@demo.headroom.example', before: 58 },
    { version: 1, email: 'pablo@demo.headroom.example', before: 56 },
  ],
  ...[
    { version: 2, email: 'emil@demo.headroom.example', before: 11 },
    { version: 2, email: 'sofia@demo.headroom.example', before: 9 },
  ],
]

/** Three weeks ahead and once a year: nothing of the demo is frozen while people look around. */
function secondVersion(anchor: UnixSeconds) {
  const day = (ahead: number): string => `${new Date((anchor + ahead * DAY) * 1000).toISOString().slice(0, 10)}T00:00`
  return budgetPolicySchema.parse({
    ...STANDARD.settings,
    waivers: { longestDays: 7, largestLimit: 0.1 },
    freezes: [
      {
        name: 'Sale week',
        schedule: { from: day(21), to: day(26), timeZone: 'Europe/Berlin', rrule: 'FREQ=YEARLY' },
        effect: 'block',
        except: ['security_fix'],
      },
    ],
    states: {
      ...STANDARD.settings.states,
      exhausted: {
        consequence:
          'Features stop; reliability and security fixes go on after a review. The next planning begins with the causes.',
        allClear: 'Normal releases resume.',
      },
    },
  })
}

/** The policy of the demo's critical services. Made once: what people change or delete stays so. */
export async function seedPolicies(tx: Transaction, anchor: UnixSeconds): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'error_budget_policy', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  const [name, slug] = ['Critical services', 'critical-services']
  const description = 'For what customers wait for: Standard, with a freeze in the week of the sale and shorter waivers.'
  const before = { name, slug, description, settings: STANDARD.settings }
  const settings = secondVersion(anchor)
  const asJson = (value: unknown) => value as Prisma.InputJsonValue
  const at = (days: number) => anchor - days * DAY
  const date = (days: number) => new Date(at(days) * 1000)
  const { id } = await tx.errorBudgetPolicy.create({
    data: {
      ...{ name, slug, description, settings: asJson(settings), version: 2, createdAt: date(60), updatedAt: date(12) },
      versions: {
        create: [
          {
            version: 1,
            settings: asJson(STANDARD.settings),
            validFrom: date(60),
            author: 'Sofia Marchetti',
            changes: ['Created'],
          },
          {
            ...{ version: 2, settings: asJson(settings), validFrom: date(12), author: 'Pablo Reyes' },
            changes: budgetPolicyChanges(before, { ...before, settings }),
          },
        ],
      },
      assignments: { create: [{ scope: 'tier:critical', tier: 'critical' }] },
    },
  })
  const people = new Map((await tx.user.findMany()).map((person) => [person.email, person]))
  for (const { version, email, before: days } of AGREED) {
    const person = people.get(email)
    if (!person) continue
    await tx.errorBudgetPolicyAgreement.create({
      data: { policyId: id, version, role: person.role, personId: person.id, personName: person.name, at: at(days) },
    })
  }
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { slug } })
}
