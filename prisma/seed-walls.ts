import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import type { UnixSeconds } from '../lib/time-series/units'
import { hashOf, newWallSecret, prefixOf } from '../lib/token/secret'

const DAY = 86_400_000

/** Links to the wall in every state. Nobody knows their secrets: whoever wants one makes it. One was made by somebody who has left. Made once. */
export async function seedWalls(tx: Transaction, anchor: UnixSeconds): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'wall-link', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  const sofia = await tx.user.findFirst({ where: { demo: true, role: 'slo_owner' } })
  const payments = await tx.team.findUnique({ where: { slug: 'payments' } })
  if (!sofia || !payments) return
  const left = { name: 'Nora Lind', role: 'administrator', demo: true, disabledAt: new Date(anchor * 1000 - 70 * DAY) } as const
  const nora = await tx.user.create({ data: { ...left, email: 'nora@demo.headroom.example' } })
  const at = (days: number) => new Date(anchor * 1000 - days * DAY)
  const walls = [
    { name: 'Operations room', createdAt: at(62) },
    { name: 'Payments, second floor', createdAt: at(40), teamId: payments.id },
    { name: 'Sale week, reception', createdAt: at(35), tier: 'critical' as const, lastUsedAt: at(28), expiresAt: at(28) },
    { name: 'Lift lobby', createdAt: at(120), lastUsedAt: at(1), createdBy: nora.name, makerId: nora.id },
    { name: 'Old office', createdAt: at(90), lastUsedAt: at(12), revokedAt: at(11), revokedBy: sofia.name },
  ]
  for (const wall of walls) {
    const secret = newWallSecret()
    const made = { prefix: prefixOf(secret), hash: hashOf(secret), createdBy: sofia.name, makerId: sofia.id }
    await tx.wallLink.create({ data: { ...made, ...wall } })
  }
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made: walls.length } })
}
