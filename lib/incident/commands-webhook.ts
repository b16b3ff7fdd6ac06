import 'server-only'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import {
  type AlertmanagerMessage,
  isOurs,
  namedBy,
  type Reading,
  readTimes,
  type SentAlert,
  severityOfLabel,
  summaryOf,
  titleOf,
} from './alertmanager'
import { clock } from './commands-change'
import { beginImpact, insertIncident, joinServices, markReopened, oneAtATime, writeEvent } from './commands-store'
import { tellOf } from './commands-tell'
import { endOf } from './commands-webhook-end'
import { followRepeat, keepRepeat } from './commands-webhook-repeat'
import { canReceiveAlerts } from './policy'
import { candidateOfGroup, candidateOfService } from './reads-candidates'
import { type Known, nothingKnown, targetOf } from './reads-target'
import { type Received, type Stored, sentence, type Work } from './webhook-work'

/** Alerts that are taken in at a time: ticks wait for these, never for a whole message. */
const GROUP = 25

/**
 * Takes in what an Alertmanager tells. The same thing told again changes nothing, in whatever order, and two at once are taken one
 * after the other. A message is written group by group; what was not written is told again, and the rest is known by then.
 */
export async function receiveAlerts(actor: Actor, message: AlertmanagerMessage, now = clock()): Promise<Received[]> {
  authorize(canReceiveAlerts(actor), 'Send an API token of an engineer or an owner: an alert opens incidents.')
  const { alerts, groupKey } = message
  const client = await pool().connect()
  try {
    const result: Received[] = []
    for (let i = 0; i < alerts.length; i += GROUP)
      result.push(...(await receiveGroup({ client, actor, groupKey, now }, alerts.slice(i, i + GROUP))))
    return result
  } finally {
    client.release()
  }
}

async function receiveGroup(work: Work, alerts: SentAlert[]): Promise<Received[]> {
  const { client } = work
  try {
    await client.query('BEGIN')
    await oneAtATime(client)
    const result: Received[] = []
    for (const alert of alerts) result.push(await receive(work, alert))
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function receive(work: Work, alert: SentAlert): Promise<Received> {
  const { client, now } = work
  const { fingerprint } = alert
  if (isOurs(alert)) return { fingerprint, outcome: 'ours', incidentId: null, note: 'Headroom sent this one itself.' }
  const reading = readTimes(alert, now)
  const { rows } = await client.query<Stored>(
    'SELECT id, status, labels, annotations, incident_id AS "incidentId" FROM incoming_alert WHERE fingerprint = $1 AND starts_at = $2',
    [fingerprint, reading.at],
  )
  const stored = rows[0]
  if (!stored) return alert.status === 'firing' ? begin(work, alert, reading) : keepEnded(work, alert, reading)
  const answer = { fingerprint, incidentId: stored.incidentId, note: reading.note }
  if (stored.status === 'firing' && alert.status === 'resolved')
    return { ...answer, outcome: await endOf(work, stored, alert, reading) }
  return { ...answer, outcome: (await repeated(work, stored, alert)) ? 'updated' : 'known' }
}

/** What is over stays as it was, also when its beginning is told again. */
async function repeated({ client, actor, now }: Work, stored: Stored, alert: SentAlert): Promise<boolean> {
  if (stored.status !== 'firing' || !(await keepRepeat(client, stored.id, alert))) return false
  const { incidentId: id } = stored
  return id !== null && (await followRepeat(client, { id, before: stored, after: alert }, actor, now))
}

/** Its end came first, or alone. There is nothing to do any more, and its beginning will open nothing when it comes. */
async function keepEnded(work: Work, alert: SentAlert, reading: Reading): Promise<Received> {
  await store(work, alert, reading, null)
  return {
    fingerprint: alert.fingerprint,
    outcome: 'noted',
    incidentId: null,
    note: `${reading.note} It was over when it came.`.trim(),
  }
}

const store = async ({ client, actor, groupKey, now }: Work, alert: SentAlert, reading: Reading, incidentId: number | null) =>
  client.query(
    `INSERT INTO incoming_alert (fingerprint, starts_at, ends_at, status, labels, annotations, note, received_at, token_name, group_key, incident_id)
     VALUES ($1, $2, greatest($2, $3::int), $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[alert.fingerprint, reading.at, reading.endsAt, alert.status, alert.labels, alert.annotations, reading.note, now],
      ...[actorName(actor), groupKey, incidentId],
    ],
  )

async function begin(work: Work, alert: SentAlert, reading: Reading): Promise<Received> {
  const { client, actor, groupKey, now } = work
  const known = await targetOf(client, namedBy(alert.labels))
  const candidate =
    (await candidateOfGroup(client, groupKey, now)) ??
    (known.service && (await candidateOfService(client, known.service.id, now)))
  const again = candidate !== null && candidate.mitigatedAt !== null
  const id = candidate?.id ?? (await open(work, alert, reading, known))
  const note = [reading.note, nothingKnown(known)].filter(Boolean).join(' ')
  const line = `${actorName(actor)}: ${sentence(titleOf(alert))}${note === '' ? '' : ` ${note}`}`
  if (candidate) {
    await joinServices(client, id, known.service ? [known.service.id] : [])
    if (again)
      await markReopened(
        client,
        { id, at: Math.max(reading.startsAt, candidate.mitigatedAt ?? 0), text: 'Reopened: the alert fires again.' },
        actor,
      )
  }
  const unknown = known.unknown.length > 0 ? known.unknown : undefined
  await writeEvent(
    client,
    id,
    { at: reading.startsAt, kind: 'webhook', text: line, detail: { fingerprint: alert.fingerprint, groupKey, unknown } },
    actor,
  )
  if (known.slo) await beginImpact(client, { id, sloId: known.slo.id, from: reading.startsAt }, now)
  await store(work, alert, { ...reading, note }, id)
  const event = !candidate ? 'incident.opened' : again && candidate.status === 'resolved' ? 'incident.reopened' : null
  if (event) await tellOf(client, { id, event, by: actorName(actor), at: now })
  return { fingerprint: alert.fingerprint, outcome: candidate ? (again ? 'reopened' : 'joined') : 'opened', incidentId: id, note }
}

function open({ client, actor, now }: Work, alert: SentAlert, { startsAt }: Reading, { service }: Known): Promise<number> {
  return insertIncident(
    client,
    {
      title: titleOf(alert),
      summary: summaryOf(alert),
      severity: severityOfLabel(alert.labels.severity),
      ...{ origin: 'webhook', startedAt: startsAt, detectedAt: now, suspectedId: null },
      serviceIds: service ? [service.id] : [],
      text: `Opened by an alert through ${actorName(actor)}.`,
    },
    actor,
  )
}
