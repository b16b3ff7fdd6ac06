import 'server-only'
import type { Transaction } from '../db/client'
import { instantText } from '../format-time'
import type { EditedIncident, IncidentFields } from './changes'
import { timesOf } from './lifecycle'

/** What a person edits, as it stands, with names. */
export async function fieldsOf(tx: Transaction, id: number): Promise<IncidentFields> {
  const stored = await tx.incident.findUniqueOrThrow({
    where: { id },
    include: {
      commander: { select: { name: true } },
      suspectedRelease: { select: { version: true, releasedAt: true, service: { select: { name: true } } } },
      services: { include: { service: { select: { name: true } } } },
      impacts: { include: { slo: { select: { name: true } } } },
    },
  })
  const { reviewedAt: _, ...times } = timesOf(stored)
  const { title, severity, summary, rootCause, contributing, wentWell, wentBadly, retrospectiveAt } = stored
  const release = stored.suspectedRelease
  return {
    ...{ title, severity, summary, ...times, rootCause, contributing, wentWell, wentBadly, retrospectiveAt },
    commander: stored.commander?.name ?? null,
    suspectedRelease:
      release && `${release.service.name} ${release.version} of ${instantText(release.releasedAt, release.releasedAt)}`,
    services: stored.services.map(({ service }) => service.name).sort(),
    slos: [...new Set(stored.impacts.map(({ slo }) => slo.name))].sort(),
  }
}

/** Who saved since `base`, and what. Every save says so on the timeline. */
export async function conflictOf(tx: Transaction, id: number, base: number): Promise<EditedIncident> {
  const { version } = await tx.incident.findUniqueOrThrow({ where: { id }, select: { version: true } })
  const events = await tx.incidentEvent.findMany({ where: { incidentId: id }, orderBy: { id: 'asc' } })
  const since = events.filter(({ detail }) => ((detail as { version?: number } | null)?.version ?? 0) > base)
  return {
    ...{ kind: 'conflict', version, author: since.at(-1)?.authorName ?? 'somebody' },
    changes: since.map(({ text }) => text),
    incident: await fieldsOf(tx, id),
  }
}
