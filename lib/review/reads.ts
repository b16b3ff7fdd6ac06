import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { type Standing, standingOf } from './cycle'
import { canReadReviews, WHO_READS } from './policy'
import { type CycleRow, openActionsOf } from './reads-scope'
import { recurrenceText } from './recurrence'
import type { ActionInfo, ActionQuery, CycleInfo, Named } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const OF = {
  team: { select: { id: true, slug: true, name: true } },
  service: { select: { id: true, slug: true, name: true } },
} as const
const FEW = {
  ...{ id: true, occurrence: true, status: true, startedAt: true, endedAt: true, facilitatorName: true, skipReason: true },
} as const
const WITH = {
  ...OF,
  reviews: { select: FEW, orderBy: { occurrence: 'desc' }, take: 60 },
} as const
type Row = Prisma.ReviewCycleGetPayload<{ include: typeof WITH }>

/** How a cycle stands, from its rule and what was held or skipped. */
export async function standingOfCycle(cycle: CycleRow, now: UnixSeconds): Promise<Standing> {
  const settled = await db().review.findFirst({
    where: { cycleId: cycle.id, status: { not: 'running' } },
    orderBy: { occurrence: 'desc' },
    select: { occurrence: true, status: true },
  })
  return standingOf(ruleOf(cycle), settled as Parameters<typeof standingOf>[1], now)
}

const ruleOf = ({ startsAt, timeZone, rrule }: Pick<CycleRow, 'startsAt' | 'timeZone' | 'rrule'>) => ({
  ...{ from: startsAt, timeZone, rrule },
})

const URGENCY: Standing['state'][] = ['overdue', 'to_review', 'not_started', 'reviewed', 'skipped']

/** Every cycle with how it stands: what goes on and what is overdue first. */
export async function listCycles(actor: Actor, now = clock()): Promise<CycleInfo[]> {
  authorize(canReadReviews(actor), WHO_READS)
  const rows = await db().reviewCycle.findMany({ where: { deletedAt: null }, include: WITH, orderBy: { name: 'asc' } })
  const infos = await Promise.all(rows.map((row) => infoOf(row, now)))
  const rank = ({ running, enabled, standing }: CycleInfo) => (running ? -1 : enabled ? URGENCY.indexOf(standing.state) : 9)
  return infos.sort((a, b) => rank(a) - rank(b) || (a.standing.next ?? 0) - (b.standing.next ?? 0) || a.id - b.id)
}

/** One of them. Throws NOT_FOUND. */
export async function cycleInfo(actor: Actor, id: number, now = clock()): Promise<CycleInfo> {
  authorize(canReadReviews(actor), WHO_READS)
  const row = await db().reviewCycle.findFirst({ where: { id, deletedAt: null }, include: WITH })
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no review cycle with the number ${id}.`)
  return infoOf(row, now)
}

async function infoOf(row: Row, now: UnixSeconds): Promise<CycleInfo> {
  const { id, version, name, team, service, checklist, enabled, reviews } = row
  const running = reviews.find(({ status }) => status === 'running')
  const last = reviews.find(({ status }) => status !== 'running')
  const closed = reviews.find(({ status }) => status === 'closed')
  const of = team ?? service ?? { id: 0, slug: '', name: '' }
  return {
    ...{ id, version, name, checklist, enabled, rule: ruleOf(row), words: recurrenceText(ruleOf(row)) },
    scope: { kind: team ? 'team' : 'service', ...of },
    standing: standingOf(
      ruleOf(row),
      last ? { occurrence: last.occurrence, status: last.status as 'closed' | 'skipped' } : null,
      now,
    ),
    running: running ? { id: running.id, startedAt: running.startedAt, by: running.facilitatorName } : null,
    last: last
      ? {
          ...{ id: last.id, at: last.endedAt ?? last.startedAt, status: last.status as 'closed' | 'skipped' },
          ...{ by: last.facilitatorName, reason: last.skipReason },
        }
      : null,
    minutes: closed ? { id: closed.id, at: closed.startedAt } : null,
    openActions: await db().actionItem.count({ where: openActionsOf(row) }),
  }
}

export type PastReview = {
  id: number
  cycle: { id: number; name: string }
  of: Named
  status: 'running' | 'closed' | 'skipped'
  occurrence: UnixSeconds
  startedAt: UnixSeconds
  endedAt: UnixSeconds | null
  by: string
  reason: string
  decisions: number
  actions: number
}

/** Reviews that were held or skipped, newest first. */
export async function listReviews(
  actor: Actor,
  { cycle, limit = 50 }: { cycle?: number | undefined; limit?: number } = {},
): Promise<PastReview[]> {
  authorize(canReadReviews(actor), WHO_READS)
  const rows = await db().review.findMany({
    where: cycle === undefined ? {} : { cycleId: cycle },
    select: {
      ...FEW,
      cycle: { select: { id: true, name: true, ...OF } },
      _count: { select: { decisions: true, actions: true } },
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(({ cycle: of, _count, facilitatorName, skipReason, ...row }) => ({
    ...{ ...row, by: facilitatorName, reason: skipReason, decisions: _count.decisions, actions: _count.actions },
    cycle: { id: of.id, name: of.name },
    of: { slug: (of.team ?? of.service)?.slug ?? '', name: (of.team ?? of.service)?.name ?? '' },
  }))
}

const MOST = 500

/** What is to be done, from reviews and incidents alike: what is late first. */
export async function listActions(actor: Actor, { state, service }: ActionQuery, now = clock()): Promise<ActionInfo[]> {
  authorize(canReadReviews(actor), WHO_READS)
  const here =
    service === undefined
      ? {}
      : { OR: [{ service: { slug: service } }, { incident: { services: { some: { service: { slug: service } } } } }] }
  const rows = await db().actionItem.findMany({
    where: { ...here, ...(state === 'open' && { doneAt: null }), ...(state === 'done' && { doneAt: { not: null } }) },
    include: {
      owner: { select: { id: true, name: true } },
      service: { select: { slug: true, name: true } },
      incident: { select: { id: true, title: true } },
      review: { select: { id: true, startedAt: true, cycle: { select: { name: true } } } },
    },
    orderBy: [{ doneAt: { sort: 'desc', nulls: 'first' } }, { dueOn: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    take: MOST,
  })
  const today = new Date(now * 1000).toISOString().slice(0, 10)
  return rows.map(({ id, version, title, owner, dueOn, doneAt, service: of, incident, review }) => {
    const due = dueOn?.toISOString().slice(0, 10) ?? null
    return {
      ...{
        id,
        version,
        title,
        owner,
        doneAt,
        incident,
        service: of,
        dueOn: due,
        late: doneAt === null && due !== null && due < today,
      },
      review: review && { id: review.id, name: review.cycle.name, at: review.startedAt },
    }
  })
}

export type ReviewChoices = {
  scopes: { group: string; items: { value: string; name: string }[] }[]
  people: { id: string; name: string }[]
}

/** What forms choose from: teams and services, and people who may act. */
export async function reviewChoices(actor: Actor): Promise<ReviewChoices> {
  authorize(canReadReviews(actor), WHO_READS)
  const named = { select: { slug: true, name: true }, orderBy: { name: 'asc' } } as const
  const [teams, services] = [await db().team.findMany(named), await db().service.findMany(named)]
  const people = await db().user.findMany({
    where: { disabledAt: null, role: { not: 'viewer' } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  const items = (kind: string, list: Named[]) => list.map(({ slug, name }) => ({ value: `${kind}:${slug}`, name }))
  return {
    scopes: [
      { group: 'A team', items: items('team', teams) },
      { group: 'A service', items: items('service', services) },
    ],
    people,
  }
}
