import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import type { ImpactView, IncidentSummary, IncidentView } from './incident'
import { INCIDENT_VERBS, type IncidentStatus, isPossible, OPEN_STATUSES, timesOf } from './lifecycle'
import { canMove, canReadIncidents, canRunIncidents, WHO_READS } from './policy'
import { figuresOf } from './reads-cost'
import { alertsOf, eventsOf, incomingOf, releaseOf, releasesAround, unknownOf } from './reads-parts'
import { judgedShare, missingFor, needsRetrospective } from './retrospective-rule'
import type { Severity } from './severity'
import { sumCosts } from './sum-costs'

const SUMMARY = {
  services: { select: { service: { select: { id: true, slug: true, name: true } } } },
  commander: { select: { id: true, name: true } },
  impacts: { include: { slo: { select: { id: true, name: true, service: { select: { slug: true, name: true } } } } } },
} as const
type Row = Prisma.IncidentGetPayload<{ include: typeof SUMMARY }>

export type IncidentFilter = {
  status?: 'open' | IncidentStatus | undefined
  severity?: Severity | undefined
  /** slug */
  service?: string | undefined
  slo?: number | undefined
  /** unix seconds; incidents whose harm touches the stretch */
  from?: UnixSeconds | undefined
  to?: UnixSeconds | undefined
}
const MOST = 500

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)

/** Incidents, those that are open first, then the newest. */
export async function listIncidents(actor: Actor, filter: IncidentFilter = {}, now = clock()): Promise<IncidentSummary[]> {
  authorize(canReadIncidents(actor), WHO_READS)
  const { status, severity, service, slo, from, to } = filter
  const rows = await db().incident.findMany({
    where: {
      ...(status && { status: status === 'open' ? { in: [...OPEN_STATUSES] } : status }),
      ...(severity && { severity }),
      ...(service && { services: { some: { service: { slug: service } } } }),
      ...(slo !== undefined && { impacts: { some: { sloId: slo } } }),
      ...(to !== undefined && { startedAt: { lt: to } }),
      ...(from !== undefined && { OR: [{ mitigatedAt: null }, { mitigatedAt: { gt: from } }] }),
    },
    include: SUMMARY,
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const impacts = await impactsOf(rows, now)
  const open = (row: Row) => OPEN_STATUSES.includes(row.status)
  return [...rows.filter(open), ...rows.filter((row) => !open(row))].map((row) => summaryOf(row, impacts.get(row.id) ?? []))
}

/** One incident, with everything that is known about it. Throws NOT_FOUND. */
export async function incident(actor: Actor, id: number, now = clock()): Promise<IncidentView> {
  authorize(canReadIncidents(actor), WHO_READS)
  const row = await db().incident.findUnique({
    where: { id },
    include: {
      ...SUMMARY,
      correction: { select: { id: true, status: true } },
      suspectedRelease: { include: { service: { select: { name: true } } } },
      actions: { include: { owner: { select: { id: true, name: true } } }, orderBy: { id: 'asc' } },
    },
  })
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no incident with the number ${id}.`)
  const impacts = (await impactsOf([row], now)).get(id) ?? []
  const { version, summary, openedByName, rootCause, contributing, wentWell, wentBadly, retrospectiveAt, correction } = row
  const serviceIds = row.services.map(({ service }) => service.id)
  const incoming = await incomingOf(id)
  return {
    ...summaryOf(row, impacts),
    ...{ version, summary, openedBy: openedByName, impacts, costs: sumCosts(impacts) },
    ...{ rootCause, contributing, wentWell, wentBadly, retrospectiveAt, correction },
    missing: missingFor({ ...row, actions: row.actions.length }),
    alerts: await alertsOf(id),
    incoming,
    unknown: serviceIds.length === 0 ? await unknownOf(id) : [],
    suspected: row.suspectedRelease && releaseOf(row.suspectedRelease),
    releases: await releasesAround(serviceIds, row.startedAt),
    events: await eventsOf(id),
    actions: row.actions.map(({ id: action, version: revision, title, owner, dueOn, doneAt }) => ({
      ...{ id: action, version: revision, title, owner, doneAt },
      dueOn: dueOn === null ? null : dueOn.toISOString().slice(0, 10),
    })),
    may: {
      run: canRunIncidents(actor),
      verbs: INCIDENT_VERBS.filter((verb) => isPossible(row.status, verb) && canMove(actor, verb)),
    },
  }
}

async function impactsOf(rows: Row[], now: UnixSeconds): Promise<Map<number, ImpactView[]>> {
  const stretches = rows.flatMap(({ impacts }) =>
    impacts.map(({ id, incidentId, sloId, fromTs, toTs, claimedBy, cost, slo }) => ({
      ...{ id, incidentId, sloId, from: fromTs, to: toTs, claimedBy, cost, name: slo.name, service: slo.service },
    })),
  )
  const result = new Map<number, ImpactView[]>()
  for (const { stretch, figures, frozen, unit } of await figuresOf(pool(), stretches, now)) {
    const { incidentId, cost: _, ...shown } = stretch
    const resolved = frozen?.now ? { share: frozen.share, because: frozen.now.because } : null
    const view = { ...shown, figures, unit, final: frozen !== null, resolved }
    result.set(incidentId, [...(result.get(incidentId) ?? []), view])
  }
  return result
}

function summaryOf(row: Row, impacts: ImpactView[]): IncidentSummary {
  const { id, title, severity, status, origin, falsePositive, commander } = row
  const [worst] = sumCosts(impacts)
  const share = worst?.figures?.share ?? null
  const judged = judgedShare(impacts.map(({ sloId, figures }) => ({ sloId, share: figures?.share ?? null })))
  return {
    ...{ id, title, severity, status, origin, falsePositive, commander, ...timesOf(row) },
    services: row.services.map(({ service: { slug, name } }) => ({ slug, name })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    worst: worst && share !== null ? { sloId: worst.sloId, name: worst.name, share } : null,
    needsRetrospective: needsRetrospective(judged) && status !== 'reviewed',
  }
}
