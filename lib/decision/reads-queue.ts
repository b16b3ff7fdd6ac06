import 'server-only'
import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { db } from '../db/client'
import { waitingAttributions } from '../release/reads'
import type { Ratio, UnixSeconds } from '../time-series/units'
import { canAskForRelease, canReadDecisions, WHO_ASKS, WHO_READS } from './policy'
import { type RequestRow, rowOf } from './reads'
import { outcomesOf, type ReleaseOutcome } from './reads-outcome'
import { requestIdSchema } from './schema'

export const QUEUE_VIEWS = ['all', 'yours', 'approved', 'past'] as const
export type QueueView = (typeof QUEUE_VIEWS)[number]

export type QueueRow = RequestRow & { hour: Ratio | null; day: Ratio | null; unapproved: boolean }
export type QueueGroup = { key: 'yours' | 'others' | 'deferred' | 'blocked' | 'approved' | 'drafts' | 'past'; rows: QueueRow[] }
export type Queue = {
  view: QueueView
  service: string | undefined
  services: { slug: string; name: string }[]
  groups: QueueGroup[]
  /** where the next page of the past begins */
  next: number | null
  /** releases that may have made a budget burn, and waivers that are open */
  proposals: number
  waivers: { asked: number; active: number }
  now: UnixSeconds
}

const WITH = {
  service: { select: { slug: true, name: true, tier: true } },
  approvals: { where: { voidSince: null } },
} as const
/** More than anybody looks through; those asked last. */
const MOST_OPEN = 300
const PAGE = 50
const FEW = 8

const askedSchema = z.object({
  view: z.enum(QUEUE_VIEWS).catch('all'),
  service: z.string().min(1).max(60).optional().catch(undefined),
  before: requestIdSchema.optional().catch(undefined),
})

/** The page of release requests: what waits for the reader, then everything else. What cannot be read of the address is left out. */
export async function releaseQueue(
  actor: Actor,
  asked: Record<string, unknown>,
  now = Math.floor(Date.now() / 1000),
): Promise<Queue> {
  authorize(canReadDecisions(actor), WHO_READS)
  const { view, service, before } = askedSchema.parse(asked)
  const where = service === undefined ? {} : { service: { slug: service } }
  const [open, past, services, waivers, proposals] = await Promise.all([
    view === 'past' ? [] : openRows(actor, where),
    view === 'all' || view === 'past' ? pastRows(actor, where, { before, take: view === 'past' ? PAGE : FEW }) : EMPTY,
    db().service.findMany({
      where: { releaseRequests: { some: {} } },
      select: { slug: true, name: true },
      orderBy: { name: 'asc' },
    }),
    db().waiver.groupBy({ by: ['status'], where: { status: { in: ['asked', 'active'] } }, _count: true }),
    waitingAttributions(actor, service, now),
  ])
  const counted = (status: string) => waivers.find((one) => one.status === status)?._count ?? 0
  const groups = groupsOf(open).filter(({ key }) => view !== 'approved' || key === 'approved')
  return {
    ...{ view, service, services, now, next: past.next },
    groups: [
      ...groups.filter(({ key }) => view !== 'yours' || key === 'yours'),
      { key: 'past' as const, rows: past.items },
    ].filter(({ rows }) => rows.length > 0),
    proposals: new Set(proposals.map(({ release }) => release.id)).size,
    waivers: { asked: counted('asked'), active: counted('active') },
  }
}

type Where = { service?: { slug: string } }
type Past = { items: QueueRow[]; next: number | null }
const EMPTY: Past = { items: [], next: null }

async function openRows(actor: Actor, where: Where): Promise<QueueRow[]> {
  const person = personBehind(actor)
  const rows = await db().releaseRequest.findMany({
    where: { ...where, OR: [{ status: { in: ['decided', 'approved'] } }, { status: 'draft', requestedBy: person ?? '' }] },
    include: WITH,
    orderBy: { id: 'desc' },
    take: MOST_OPEN,
  })
  return rows.map((row) => withOutcome(rowOf(actor, row), undefined))
}

async function pastRows(
  actor: Actor,
  where: Where,
  { before, take }: { before: number | undefined; take: number },
): Promise<Past> {
  const rows = await db().releaseRequest.findMany({
    where: {
      ...where,
      status: { in: ['refused', 'withdrawn', 'expired', 'released', 'observed'] },
      ...(before !== undefined && { id: { lt: before } }),
    },
    include: WITH,
    orderBy: { id: 'desc' },
    take: take + 1,
  })
  const shown = rows.slice(0, take)
  const outcomes = await outcomesOf(shown.flatMap(({ releaseId }) => releaseId ?? []))
  const items = shown.map((row) => withOutcome(rowOf(actor, row), outcomes.get(row.releaseId ?? 0)))
  return { items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null }
}

const withOutcome = (row: RequestRow, outcome: ReleaseOutcome | undefined): QueueRow => ({
  ...row,
  ...{ hour: outcome?.hour ?? null, day: outcome?.day ?? null },
  unapproved: outcome !== undefined && row.status !== 'released' && row.status !== 'observed',
})

/** Whom or what a request waits for. */
function groupsOf(rows: QueueRow[]): QueueGroup[] {
  const waits = (decision: RequestRow['decision']) =>
    rows.filter((row) => row.status === 'decided' && row.decision === decision && !row.yours)
  return [
    { key: 'yours', rows: rows.filter(({ yours }) => yours) },
    { key: 'others', rows: waits('review') },
    { key: 'deferred', rows: waits('defer') },
    { key: 'blocked', rows: waits('block') },
    { key: 'approved', rows: rows.filter(({ status }) => status === 'approved') },
    { key: 'drafts', rows: rows.filter(({ status }) => status === 'draft') },
  ]
}

export type ServiceToAskFor = { slug: string; name: string; tier: string }

/** Services to choose from when a release is asked for. */
export async function servicesToAskFor(actor: Actor): Promise<ServiceToAskFor[]> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  return db().service.findMany({ select: { slug: true, name: true, tier: true }, orderBy: { name: 'asc' } })
}
