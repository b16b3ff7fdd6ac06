import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { pool, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { type FieldIssue, HeadroomError } from '../errors'
import { keepMarks } from '../measurement/marks'
import type { UnixSeconds } from '../time-series/units'
import type { Event } from './schema'

/** What every command on a stored incident begins and ends with. */

export const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
export const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

const WITH = { impacts: true, services: { include: { service: true } }, actions: true } as const
const stored = (tx: Transaction, id: number) => tx.incident.findUnique({ where: { id }, include: WITH })
export type StoredIncident = NonNullable<Awaited<ReturnType<typeof stored>>>

/** Changes an incident while nobody else does, the poller included. Everything inside is written together, or not at all. */
export const changing = <T>(id: number, work: (tx: Transaction, incident: StoredIncident) => Promise<T>): Promise<T> =>
  transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM incident WHERE id = ${id} FOR UPDATE`
    const found = await stored(tx, id)
    if (!found) throw new HeadroomError('NOT_FOUND', `There is no incident with the number ${id}.`)
    return work(tx, found)
  })

/** A line on the timeline, by whoever acts. */
export async function note(tx: Transaction, actor: Actor, incidentId: number, event: Event): Promise<void> {
  const { detail, ...line } = event
  await tx.incidentEvent.create({
    data: {
      ...{ incidentId, ...line, authorId: actorId(actor), authorName: actorName(actor) },
      ...(detail !== undefined && { detail: asJson(detail) }),
    },
  })
}

type Change = { verb: string; before?: unknown; after?: unknown }

export const audited = (tx: Transaction, actor: Actor, id: number, { verb, before, after }: Change): Promise<void> =>
  recordAudit(tx, actor, {
    ...{ action: `incident.${verb}`, entityType: 'incident', entityId: id },
    ...(before !== undefined && { before: asJson(before) }),
    ...(after !== undefined && { after: asJson(after) }),
  })

/** Saves what changed, if the incident is still the one that was read. Returns the new version. */
export async function saved(
  tx: Transaction,
  { id, version }: { id: number; version: number },
  data: Prisma.IncidentUncheckedUpdateManyInput,
): Promise<number> {
  const { count } = await tx.incident.updateMany({ where: { id, version }, data: { ...data, version: version + 1 } })
  if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody changed this incident meanwhile. Read it again.')
  return version + 1
}

/** Writes down how the counters stood at the edges of all stretches: afterwards, because it derives from what was committed. */
export async function markEdges(id: number, now: UnixSeconds): Promise<void> {
  const { rows } = await pool().query<{ sloId: number; ts: number }>(
    `SELECT i.slo_id AS "sloId", e.ts FROM incident_impact i CROSS JOIN LATERAL (VALUES (i.from_ts), (i.to_ts)) AS e (ts)
     WHERE i.incident_id = $1 AND e.ts IS NOT NULL`,
    [id],
  )
  await keepMarks(pool(), rows, now)
}

export function refuse(issues: FieldIssue[]): void {
  const [first] = issues
  if (first) throw new HeadroomError('INVALID_INPUT', first.message, issues)
}
