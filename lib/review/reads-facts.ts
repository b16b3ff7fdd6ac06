import 'server-only'
import type { Actor } from '../auth/actor'
import { db } from '../db/client'
import type { ReleaseDecision } from '../decision/decision'
import { listWaivers } from '../decision/reads-waivers'
import { plain } from '../decision/words'
import { dayText } from '../format-time'
import { isOpen } from '../incident/lifecycle'
import { listIncidents } from '../incident/reads'
import { incidentName } from '../incident/words'
import { DAY, type UnixSeconds } from '../time-series/units'
import { type CycleRow, openActionsOf } from './reads-scope'
import type { FrozenAction, FrozenIncident, FrozenRequest, FrozenWaiver } from './snapshot'

/** What happened beside the budgets: incidents, actions, releases and waivers of a review's services. */

type Asked = { slugs: Set<string>; since: UnixSeconds; now: UnixSeconds }

/** Incidents that are open, began, or ended since the last review. */
export async function incidentsSince(actor: Actor, { slugs, since, now }: Asked): Promise<FrozenIncident[]> {
  const all = await listIncidents(actor, { from: since, to: now }, now)
  const here = all.filter(({ services, falsePositive }) => !falsePositive && services.some(({ slug }) => slugs.has(slug)))
  const open = await listIncidents(actor, { status: 'open' }, now)
  const found = [...here, ...open.filter((one) => isOpen(one.status) && one.services.some(({ slug }) => slugs.has(slug)))]
  const unique = [...new Map(found.map((one) => [one.id, one])).values()]
  const rows = await db().incident.findMany({
    where: { id: { in: unique.map(({ id }) => id) } },
    select: {
      ...{ id: true, summary: true, rootCause: true, retrospectiveAt: true },
      suspectedRelease: { select: { version: true, service: { select: { name: true } } } },
      actions: { select: { doneAt: true } },
    },
  })
  return unique.flatMap((incident) => {
    const row = rows.find(({ id }) => id === incident.id)
    if (!row) return []
    const { id, title, severity, status, startedAt, mitigatedAt, resolvedAt, services, commander, worst, needsRetrospective } =
      incident
    const { suspectedRelease: release, actions, summary, rootCause, retrospectiveAt } = row
    return [
      {
        ...{ id, title, severity, status, startedAt, mitigatedAt, resolvedAt, services, needsRetrospective },
        ...{ summary, rootCause, retrospectiveAt, commander: commander?.name ?? null },
        worst: worst && { name: worst.name, share: worst.share },
        suspected: release && `${release.service.name} ${release.version}`,
        actions: { open: actions.filter(({ doneAt }) => doneAt === null).length, all: actions.length },
      },
    ]
  })
}

/** More than a meeting can go through; the oldest first. */
const MOST_ACTIONS = 100

export async function actionsLeft(cycle: CycleRow, now: UnixSeconds): Promise<FrozenAction[]> {
  const rows = await db().actionItem.findMany({
    where: openActionsOf(cycle),
    include: {
      owner: { select: { name: true } },
      service: { select: { slug: true, name: true } },
      review: { select: { startedAt: true } },
      incident: { select: { services: { select: { service: { select: { slug: true, name: true } } } } } },
    },
    orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    take: MOST_ACTIONS,
  })
  const today = new Date(now * 1000).toISOString().slice(0, 10)
  return rows.map(({ id, title, owner, dueOn, service, review, incident, incidentId }) => {
    const due = dueOn?.toISOString().slice(0, 10) ?? null
    const hit = incident?.services.map((one) => one.service) ?? []
    return {
      ...{ id, title, owner: owner?.name ?? null, dueOn: due, late: due !== null && due < today },
      from:
        incidentId !== null
          ? incidentName(incidentId)
          : review
            ? `review of ${dayText(review.startedAt, now, cycle.timeZone)}`
            : '',
      service: service ?? (hit.length === 1 ? (hit[0] ?? null) : null),
    }
  })
}

const OUTCOMES = { block: 'blocked', defer: 'deferred', review: 'waits' } as const
const MOST_REQUESTS = 40

/** Releases that were held back since the last review, and those that wait for somebody's word. */
export async function requestsSince({ slugs, since }: Asked): Promise<FrozenRequest[]> {
  const rows = await db().releaseRequest.findMany({
    where: {
      service: { slug: { in: [...slugs] } },
      OR: [
        { status: 'refused', endedAt: { gt: since } },
        { status: 'refused', endedAt: null, decidedAt: { gt: since } },
        { status: 'decided', decision: { in: ['block', 'defer', 'review'] } },
      ],
    },
    include: { service: { select: { slug: true, name: true } } },
    orderBy: { requestedAt: 'desc' },
    take: MOST_REQUESTS,
  })
  const order: FrozenRequest['outcome'][] = ['refused', 'blocked', 'deferred', 'waits']
  return rows
    .map(
      ({
        id,
        service,
        version,
        status,
        decision,
        requestedAt,
        requestedByName,
        evaluation,
        endReason,
        endedAt,
      }): FrozenRequest => {
        const outcome =
          status === 'refused' ? 'refused' : OUTCOMES[decision === 'approve' || decision === null ? 'review' : decision]
        const said = plain((evaluation as ReleaseDecision | null)?.rationale[0] ?? '')
        const because = status === 'refused' && endReason !== '' ? endReason : said
        return { ...{ id, service, version, outcome, because }, at: endedAt ?? requestedAt, by: requestedByName }
      },
    )
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || b.at - a.at)
}

/** Waivers in force, asked for, or over without a review having looked at them. */
export async function waiversToSee(actor: Actor, { slugs, since }: Asked): Promise<FrozenWaiver[]> {
  const all = await listWaivers(actor, {})
  return all
    .filter(({ service }) => slugs.has(service.slug))
    .filter(
      ({ status, reviewedAt, activeFrom, endedAt }) =>
        status === 'active' ||
        status === 'asked' ||
        (activeFrom !== null && reviewedAt === null && (endedAt ?? 0) > since - 90 * DAY),
    )
    .map(({ id, service, status, reason, askedBy, untilTs, spent, budgetLimit, repeats }) => ({
      ...{ id, service, status, reason, askedBy, until: untilTs, spent, limit: budgetLimit, repeats },
    }))
}
