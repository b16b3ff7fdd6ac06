import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import type { Effort } from '../lib/priority/priority'
import { periodOf, quarterOf, quartersFrom } from '../lib/priority/quarter'
import { DAY, type UnixSeconds } from '../lib/time-series/units'

const EMIL = 'emil@demo.headroom.example'
const SOFIA = 'sofia@demo.headroom.example'
const tracker = (issue: string): string => `https://tracker.shop.example/${issue}`

const ESTIMATES: { slo: string; effort: Effort; owner: string | null; link: string; note: string }[] = [
  {
    ...{ slo: 'shipping-quotes/quotes-given', effort: 'L', owner: SOFIA, link: tracker('REL-41') },
    note: 'A second carrier is under contract from January.',
  },
  { slo: 'stock-sync/on-time', effort: 'S', owner: EMIL, link: tracker('REL-38'), note: 'Run it twice an hour.' },
  { slo: 'payment-gateway/payments-accepted', effort: 'M', owner: SOFIA, link: '', note: '' },
  {
    ...{ slo: 'search-api/within-300ms', effort: 'XL', owner: null, link: tracker('REL-12') },
    note: 'Needs the new index.',
  },
]
const SIZES: Record<string, number> = { storefront: 6, payments: 5, fulfilment: 7, platform: 4 }
const AGREED = [
  { team: 'fulfilment', reliability: 0.35, note: 'The second carrier comes before the new tracking page.' },
  { team: 'payments', reliability: 0.25, note: '' },
]

/** What the people of the demo estimated and agreed on. Made once: what others say stays. */
export async function seedPriorities(tx: Transaction, anchor: UnixSeconds): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'priority', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  const people = new Map((await tx.user.findMany()).map(({ email, id }) => [email, id]))
  for (const { slo: key, owner, ...said } of ESTIMATES) {
    const [service = '', slug = ''] = key.split('/')
    const slo = await tx.slo.findFirst({ where: { slug, service: { slug: service } }, select: { id: true } })
    const data = { ...said, ownerId: owner === null ? null : (people.get(owner) ?? null) }
    if (slo) await tx.reliabilityPriority.upsert({ where: { sloId: slo.id }, create: { sloId: slo.id, ...data }, update: {} })
  }
  for (const [slug, size] of Object.entries(SIZES)) await tx.team.updateMany({ where: { slug, size: null }, data: { size } })
  for (const { team: slug, ...agreed } of AGREED) {
    const team = await tx.team.findUnique({ where: { slug }, select: { id: true } })
    if (!team) continue
    const running = quarterOf(anchor)
    const before = quartersFrom(running, -1)
    const decided = { teamId: team.id, decidedBy: 'Pablo Reyes', ...agreed }
    await tx.capacityPlan.create({ data: { ...decided, quarter: running, decidedAt: anchor - 20 * DAY } })
    await tx.capacityPlan.create({ data: { ...decided, quarter: before, decidedAt: periodOf(before).from - 9 * DAY } })
  }
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made: ESTIMATES.length } })
}
