import 'server-only'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { audited, changing, clock, markEdges, note, refuse, type StoredIncident, saved } from './commands-change'
import { freezeCosts } from './commands-costs'
import { tellOfIn } from './commands-tell'
import { edgeAfter, edgeBefore } from './edges'
import { type IncidentStatus, type IncidentVerb, moved, STILL_TO_COME, timeProblems, timesOf } from './lifecycle'
import { canMove, whoMoves } from './policy'
import { worstShareOf } from './reads-cost'
import { reviewProblem } from './retrospective-rule'
import { INCIDENT_STATUS_WORDS, VERB_WORDS } from './words'

type Move = { id: number; verb: IncidentVerb; at?: number | undefined; note: string }

/** Moves an incident on: acknowledge, mitigate, resolve, reopen, review. The harm ends, or begins anew, with it. */
export async function moveIncident(
  actor: Actor,
  { id, verb, at, note: words }: Move,
  now = clock(),
): Promise<{ id: number; status: IncidentStatus }> {
  authorize(canMove(actor, verb), whoMoves(verb))
  const when = at ?? now
  if (when > now) refuse([{ path: 'at', message: STILL_TO_COME }])
  const worst = verb === 'review' ? await worstShareOf(pool(), id, now) : null
  const status = await changing(id, async (tx, stored) => {
    const next = moved(stored.status, timesOf(stored), verb, when)
    if (!next) throw new HeadroomError('CONFLICT', impossible(stored.status, verb))
    // One instant is asked for, so one sentence about it is enough.
    const [backwards] = timeProblems(next.times, now)
    if (backwards) refuse([{ path: 'at', message: backwards.message }])
    const problem = verb === 'review' ? reviewProblem(worst, { ...stored, actions: stored.actions.length }) : null
    if (problem) refuse([{ path: 'verb', message: problem }])
    const version = await saved(tx, stored, { status: next.status, ...next.times })
    if (next.times.mitigatedAt !== null) await endStretches(tx, stored, next.times.mitigatedAt)
    if (verb === 'reopen') await beginAgain(tx, stored, when)
    const text = words === '' ? VERB_WORDS[verb].done : `${VERB_WORDS[verb].done} ${words}`
    await note(tx, actor, id, { at: when, kind: 'status', text, detail: { version, verb } })
    await audited(tx, actor, id, {
      verb: 'status',
      before: { status: stored.status, version: stored.version },
      after: { verb, at: when, note: words, status: next.status, version },
    })
    // Whoever heard of the end hears that it was none.
    if (verb === 'reopen' && stored.resolvedAt !== null)
      await tellOfIn(tx, { id, event: 'incident.reopened', by: actorName(actor), at: when })
    if (next.status === 'resolved' && (await wasTold(tx, id)))
      await tellOfIn(tx, { id, event: 'incident.resolved', by: actorName(actor), at: when })
    return next.status
  })
  await markEdges(id, now)
  if (verb === 'resolve') await freezeCosts(pool(), now, id)
  return { id, status }
}

/** Of what was written down when it was over nobody heard the beginning, unless it burned again. */
async function wasTold(tx: Transaction, incidentId: number): Promise<boolean> {
  const said = (path: string, equals: string | boolean) =>
    tx.incidentEvent.findFirst({ where: { incidentId, detail: { path: [path], equals } }, select: { id: true } })
  return !(await said('past', true)) || (await said('verb', 'reopen')) !== null
}

const impossible = (status: IncidentStatus, verb: IncidentVerb): string =>
  verb === 'review'
    ? 'Only what is resolved can be reviewed. Resolve it first.'
    : `This incident is ${INCIDENT_STATUS_WORDS[status].toLowerCase()} already. Read it again.`

async function endStretches(tx: Transaction, { impacts }: StoredIncident, mitigatedAt: UnixSeconds): Promise<void> {
  const end = edgeAfter(mitigatedAt)
  for (const { id, fromTs } of impacts.filter(({ toTs }) => toTs === null))
    await tx.incidentImpact.update({ where: { id }, data: { toTs: Math.max(fromTs, end) } })
}

/** A new stretch for every SLO that was hit; final figures are none any more. */
async function beginAgain(tx: Transaction, { id, impacts }: StoredIncident, at: UnixSeconds): Promise<void> {
  await tx.incidentImpact.updateMany({ where: { incidentId: id }, data: { cost: Prisma.DbNull } })
  const ends = new Map<number, UnixSeconds>()
  for (const { sloId, toTs, claimedBy } of impacts)
    if (claimedBy === null) ends.set(sloId, Math.max(ends.get(sloId) ?? 0, toTs ?? 0))
  await tx.incidentImpact.createMany({
    data: [...ends].map(([sloId, end]) => ({ incidentId: id, sloId, fromTs: Math.max(edgeBefore(at), end) })),
  })
}
