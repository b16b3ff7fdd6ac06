import 'server-only'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { audited, changing, clock, markEdges, note, refuse } from './commands-change'
import { addImpacts, scopeOf } from './commands-scope'
import { tellOfIn } from './commands-tell'
import { STILL_TO_COME, timeProblems } from './lifecycle'
import { canRunIncidents, WHO_RUNS } from './policy'
import type { NewIncident } from './schema'
import { SEVERITY_WORDS } from './severity'

/** Opens an incident by hand. Whoever opens it has detected it now, unless they say when. */
export async function openIncident(actor: Actor, asked: NewIncident, now = clock()): Promise<{ id: number }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  const { title, severity, summary, startedAt } = asked
  const mitigatedAt = asked.mitigatedAt ?? null
  // Harm that is over was noticed before its end at the latest.
  const detectedAt = asked.detectedAt ?? mitigatedAt ?? now
  const times = { startedAt, detectedAt, acknowledgedAt: null, mitigatedAt, resolvedAt: null, reviewedAt: null }
  const given = [
    'startedAt',
    ...(asked.detectedAt === undefined ? [] : ['detectedAt']),
    ...(mitigatedAt === null ? [] : ['mitigatedAt']),
  ]
  // A start that is still to come lies after its detection as well: one sentence is enough.
  refuse(timeProblems(times, now).filter(({ path }) => given.includes(path)))
  const id = await transaction(async (tx) => {
    const { services, slos } = await scopeOf(tx, asked)
    const incident = await tx.incident.create({
      data: {
        ...{ title, severity, summary, origin: 'person', startedAt, detectedAt, mitigatedAt },
        status: mitigatedAt === null ? 'detected' : 'mitigated',
        ...{ openedBy: actorId(actor), openedByName: actorName(actor) },
        services: { create: services.map((service) => ({ serviceId: service.id })) },
      },
    })
    const ids = slos.map((slo) => slo.id)
    await addImpacts(tx, incident.id, ids, times)
    const text = `Opened by hand as ${SEVERITY_WORDS[severity].name}.`
    const past = mitigatedAt !== null
    await note(tx, actor, incident.id, { at: detectedAt, kind: 'opened', text, detail: { version: 1, past } })
    await audited(tx, actor, incident.id, { verb: 'open', after: { ...asked, version: 1 } })
    // Harm that is over needs nobody to get up.
    if (!past) await tellOfIn(tx, { id: incident.id, event: 'incident.opened', by: actorName(actor), at: now })
    return incident.id
  })
  await markEdges(id, now)
  return { id }
}

/** A line on the timeline; it may be about the past, never about what is still to come. */
export async function noteOnIncident(
  actor: Actor,
  { id, text, at }: { id: number; text: string; at?: number | undefined },
  now = clock(),
): Promise<{ id: number }> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  if (at !== undefined && at > now) refuse([{ path: 'at', message: STILL_TO_COME }])
  return changing(id, async (tx) => {
    await note(tx, actor, id, { at: at ?? now, kind: 'note', text })
    await audited(tx, actor, id, { verb: 'note', after: { text, at: at ?? now } })
    return { id }
  })
}
