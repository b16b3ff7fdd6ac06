import 'server-only'
import { db } from '../db/client'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import type { AlertView, EventView, IncomingView, ReleaseView } from './incident'

/** Parts of an incident that other tables keep. `lib/incident/reads.ts` authorizes. */

export async function alertsOf(incidentId: number): Promise<AlertView[]> {
  const rows = await db().alert.findMany({
    where: { incidentId },
    include: { slo: { select: { name: true } } },
    orderBy: [{ firedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, sloId, slo, severity, state, firedAt, pendingSince, resolvedAt, long, muted }) => ({
    ...{ id, sloId, slo: slo.name, severity: severity as AlertView['severity'], state, resolvedAt, long },
    ...{ firedAt: firedAt ?? pendingSince, muted: muted !== null },
  }))
}

export async function incomingOf(incidentId: number): Promise<IncomingView[]> {
  const rows = await db().incomingAlert.findMany({ where: { incidentId }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] })
  return rows.map(({ id, labels, annotations, status, startsAt, endsAt, note }) => {
    const { summary } = annotations as Record<string, string>
    const { alertname } = labels as Record<string, string>
    return {
      id,
      title: summary || alertname || 'an alert without a name',
      status: status as IncomingView['status'],
      startsAt,
      endsAt,
      note,
    }
  })
}

export async function eventsOf(incidentId: number): Promise<EventView[]> {
  const rows = await db().incidentEvent.findMany({ where: { incidentId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map(({ id, at, kind, text, authorName }) => ({ id: String(id), at, kind, text, author: authorName }))
}

/** What alerts of other programs named, and Headroom does not know. */
export async function unknownOf(incidentId: number): Promise<string[]> {
  const rows = await db().incidentEvent.findMany({ where: { incidentId, kind: 'webhook' }, select: { detail: true } })
  const named = rows.flatMap(({ detail }) => (detail as { unknown?: string[] } | null)?.unknown ?? [])
  return [...new Set(named)].sort()
}

type StoredRelease = { id: number; version: string; releasedAt: UnixSeconds; link: string; service: { name: string } }
export const releaseOf = ({ id, version, releasedAt, link, service }: StoredRelease): ReleaseView => ({
  ...{ id, version, releasedAt, link, service: service.name },
})

/** What may have brought it: a day before its beginning, and an hour after. */
export async function releasesAround(serviceIds: number[], at: UnixSeconds): Promise<ReleaseView[]> {
  const rows = await db().release.findMany({
    where: { serviceId: { in: serviceIds }, releasedAt: { gte: at - DAY, lte: at + HOUR } },
    include: { service: { select: { name: true } } },
    orderBy: { releasedAt: 'desc' },
    take: 20,
  })
  return rows.map(releaseOf)
}
