import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'

const CHAT = 'On-call chat'

/** Where notices of the demo go: a chat that the demo process plays, and a mailbox that waits for a mail server. Made once. */
export async function seedChannels(tx: Transaction, demoUrl: string): Promise<void> {
  const settings = { url: `${demoUrl}/inbox` }
  const seed = { action: 'demo.seed', entityType: 'channel', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) {
    // The demo may have another port than last time.
    await tx.channel.updateMany({ where: { name: CHAT, kind: 'slack' }, data: { settings } })
    return
  }
  await tx.channel.create({ data: { name: CHAT, kind: 'slack', settings, routes: { create: [{}] } } })
  await tx.channel.create({
    data: {
      ...{ name: 'On-call mail', kind: 'email', settings: { to: ['oncall@shop.example'] } },
      routes: { create: [{ severities: ['page'], tiers: ['critical', 'essential'] }] },
    },
  })
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made: 2 } })
}
