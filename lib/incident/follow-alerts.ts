import type pg from 'pg'
import type { AlertTransition } from '../alert/transition'
import { burnText, factorText } from '../format'
import { lengthText } from '../format-time'
import {
  beginImpact,
  endImpacts,
  HEADROOM,
  insertIncident,
  joinServices,
  markMitigated,
  markReopened,
  oneAtATime,
  POLLER,
  writeEvent,
} from './commands-store'
import { type IncidentStatus, isOpen } from './lifecycle'
import { type Burn, burnsOf, type Subject, subjectsOf } from './reads-alert-subjects'
import { type Candidate, candidateOfService, stillFiring } from './reads-candidates'
import { suspectOf } from './reads-suspect'
import { severityOfTier } from './severity'

type Queryable = Pick<pg.Pool, 'query'>
type Known = { client: Queryable; subjects: Map<number, Subject>; burns: Map<number, Burn>; placed: Map<number, number> }

/**
 * Incidents follow alerts, in the transaction that writes the alerts. A page that people are told of opens an incident, or joins the one
 * of its service; one that is muted joins the incident of what it needs; a ticket only joins. When the last page ends, so does
 * the harm; new harm within the hour is the same incident's. Doing it again changes nothing. Returns alert → incident.
 */
export async function followAlerts(client: Queryable, transitions: AlertTransition[]): Promise<Map<number, number>> {
  if (transitions.length === 0) return new Map()
  await oneAtATime(client)
  const [subjects, burns] = [await subjectsOf(client, transitions), await burnsOf(client, transitions)]
  const known: Known = { client, subjects, burns, placed: await placedBefore(client, transitions) }
  const begun = transitions.filter(({ kind }) => kind !== 'resolved').sort((a, b) => rank(a) - rank(b))
  for (const transition of begun) if (!known.placed.has(transition.alertId)) await place(known, transition)
  const ended = transitions.filter(({ kind }) => kind === 'resolved')
  for (const transition of ended) await end(known, transition, ended)
  return known.placed
}

/** Whoever opens comes before whoever joins. */
const rank = ({ severity, muted }: AlertTransition): number => (severity === 'ticket' ? 2 : muted ? 1 : 0)

async function placedBefore(client: Queryable, transitions: AlertTransition[]): Promise<Map<number, number>> {
  const { rows } = await client.query<{ id: number; incident: number }>(
    'SELECT id, incident_id AS incident FROM alert WHERE id = ANY($1::int[]) AND incident_id IS NOT NULL',
    [transitions.map(({ alertId }) => alertId)],
  )
  return new Map(rows.map(({ id, incident }) => [id, incident]))
}

async function place(known: Known, transition: AlertTransition): Promise<void> {
  const { client, placed, subjects } = known
  const subject = subjects.get(transition.sloId)
  if (!subject) return
  const candidate = await candidateFor(known, transition)
  const opens = transition.severity === 'page' && transition.muted === null
  if (!candidate && !opens) return
  const id = candidate?.id ?? (await open(known, transition, subject))
  if (candidate) await join(known, transition, candidate)
  placed.set(transition.alertId, id)
  await client.query('UPDATE alert SET incident_id = $2 WHERE id = $1', [transition.alertId, id])
  const detail = { alertId: transition.alertId, what: 'fired' }
  await writeEvent(client, id, { at: transition.firedAt, kind: 'alert', text: firedText(transition, subject), detail })
}

async function candidateFor(known: Known, { muted, severity, serviceId, at }: AlertTransition): Promise<Candidate | null> {
  const { client, placed } = known
  if (muted?.because === 'maintenance') return null
  if (muted) {
    const upstream = placed.get(muted.alertId) ?? (await incidentOfAlert(client, muted.alertId))
    const found = upstream === null ? null : await byId(client, upstream)
    if (found && isOpen(found.status as IncidentStatus)) return found
  }
  const found = await candidateOfService(client, muted?.because === 'dependency' ? muted.serviceId : serviceId, at)
  const reopens = severity === 'page' && muted === null
  return found && (reopens || isOpen(found.status as IncidentStatus)) ? found : null
}

async function incidentOfAlert(client: Queryable, alertId: number): Promise<number | null> {
  const { rows } = await client.query<{ id: number | null }>('SELECT incident_id AS id FROM alert WHERE id = $1', [alertId])
  return rows[0]?.id ?? null
}

async function byId(client: Queryable, id: number): Promise<(Candidate & { origin: string; startedAt: number }) | null> {
  const { rows } = await client.query(
    `SELECT id, status::text, origin::text, started_at AS "startedAt", mitigated_at AS "mitigatedAt" FROM incident WHERE id = $1 FOR UPDATE`,
    [id],
  )
  return rows[0] ?? null
}

async function open({ client, burns }: Known, transition: AlertTransition, subject: Subject): Promise<number> {
  const startedAt = burns.get(transition.alertId)?.from ?? transition.pendingSince
  const release = await suspectOf(client, transition.serviceId, startedAt)
  const id = await insertIncident(
    client,
    {
      title: `${subject.name} burns its budget`,
      summary: '',
      severity: severityOfTier(subject.tier),
      ...{ origin: 'alert', startedAt, detectedAt: transition.firedAt, suspectedId: release?.id ?? null },
      serviceIds: [transition.serviceId],
      text: `Opened by a page about ${subject.name} of ${subject.service}.`,
    },
    POLLER,
  )
  if (release)
    await writeEvent(client, id, {
      ...{ at: release.releasedAt, kind: 'release', detail: { releaseId: release.id } },
      text: `${subject.service} ${release.version} was released ${lengthText(Math.max(0, startedAt - release.releasedAt))} before it began.`,
    })
  await beginImpact(client, { id, sloId: transition.sloId, from: startedAt }, transition.at)
  return id
}

/** A page brings harm of its own; a ticket is about the harm that is known. What a person says is over stays so until it burns anew. */
async function join({ client, burns, subjects }: Known, transition: AlertTransition, candidate: Candidate): Promise<void> {
  const { sloId, serviceId, severity, at } = transition
  const { id, mitigatedAt } = candidate
  const burn = burns.get(transition.alertId)
  await joinServices(client, id, [serviceId])
  const from = burn?.from ?? transition.pendingSince
  const anew = mitigatedAt !== null && severity === 'page' && (burn?.to ?? transition.heldAt) > mitigatedAt
  const name = subjects.get(sloId)?.name ?? ''
  if (anew)
    await markReopened(
      client,
      { id, at: Math.max(from, mitigatedAt), text: `Reopened by ${HEADROOM}: ${name} burns again.` },
      POLLER,
    )
  if (mitigatedAt !== null && !anew) return
  const begin = severity === 'page' ? from : ((await byId(client, id))?.startedAt ?? at)
  const added = await beginImpact(client, { id, sloId, from: anew ? Math.max(begin, mitigatedAt) : begin }, at)
  if (added) await writeEvent(client, id, { at, kind: 'impact', text: `${name} is affected.`, detail: { sloId } })
}

async function end(known: Known, transition: AlertTransition, ended: AlertTransition[]): Promise<void> {
  const { client, placed, subjects, burns } = known
  const { alertId, sloId, severity, at } = transition
  const id = placed.get(alertId)
  const subject = subjects.get(sloId)
  if (id === undefined || !subject) return
  const { rows } = await client.query(
    `SELECT 1 FROM incident_event WHERE incident_id = $1 AND kind = 'alert' AND detail @> $2::jsonb LIMIT 1`,
    [id, JSON.stringify({ alertId, what: 'ended' })],
  )
  if (rows.length > 0) return
  const text = `${severity === 'page' ? 'Page' : 'Ticket'} ended: ${subject.name}.`
  await writeEvent(client, id, { at, kind: 'alert', text, detail: { alertId, what: 'ended' } })
  const incident = await byId(client, id)
  if (severity === 'ticket' || incident?.origin === 'person' || incident?.mitigatedAt !== null) return
  const over = ended.filter((one) => one.sloId === sloId).map((one) => one.alertId)
  if (!(await pagesOn(client, { id, sloId, over }))) {
    const to = burns.get(alertId)?.to ?? transition.heldAt
    await endImpacts(client, { id, sloIds: [sloId], to }, at)
  }
  if (
    await stillFiring(
      client,
      id,
      ended.map((one) => one.alertId),
    )
  )
    return
  const { rows: last } = await client.query<{ to: number | null }>(
    'SELECT max(to_ts) AS "to" FROM incident_impact WHERE incident_id = $1 AND claimed_by IS NULL',
    [id],
  )
  await markMitigated(client, { id, at: last[0]?.to ?? at, text: `Mitigated by ${HEADROOM}: the last page ended.` }, POLLER, at)
}

async function pagesOn(client: Queryable, { id, sloId, over }: { id: number; sloId: number; over: number[] }): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM alert WHERE incident_id = $1 AND slo_id = $2 AND severity = 'page' AND state = 'firing' AND id <> ALL($3::int[])`,
    [id, sloId, over],
  )
  return rows.length > 0
}

function firedText({ severity, muted, evidence, long }: AlertTransition, { name }: Subject): string {
  const what = severity === 'page' ? 'Page' : 'Ticket'
  const why = `burns ${burnText(evidence.long.burn)} times its budget over ${lengthText(long)}, ${severity} above ${factorText(evidence.threshold)}`
  const quiet = muted === null ? '' : muted.because === 'dependency' ? ` Muted: ${muted.service} pages already.` : ' Muted.'
  return `${what} fired: ${name} ${why}.${quiet}`
}
