import { type Reading, type SentAlert, titleOf } from './alertmanager'
import { markMitigated, writeEvent } from './commands-store'
import { stillFiring } from './reads-candidates'
import { type Received, type Stored, sentence, type Work } from './webhook-work'

/** An alert ended. With the last one the harm of its incident did, unless a person opened that: its end is left to people. */
export async function endOf(
  work: Work,
  { id: row, incidentId: id }: Stored,
  alert: SentAlert,
  reading: Reading,
): Promise<Received['outcome']> {
  const { client, actor, now } = work
  await client.query(
    `UPDATE incoming_alert SET status = 'resolved', ends_at = greatest(starts_at, $2), annotations = $3,
       note = trim(concat_ws(' ', nullif(note, ''), nullif($4::text, ''))) WHERE id = $1`,
    [row, reading.endsAt, alert.annotations, reading.note],
  )
  if (id === null) return 'ended'
  const at = reading.endsAt ?? now
  await writeEvent(
    client,
    id,
    { at, kind: 'webhook', text: `Ended: ${sentence(titleOf(alert))}`, detail: { fingerprint: alert.fingerprint } },
    actor,
  )
  const { rows } = await client.query<{ origin: string; last: number }>(
    `SELECT n.origin::text, (SELECT max(ends_at) FROM incoming_alert a WHERE a.incident_id = n.id AND a.ends_at <= $2) AS last
     FROM incident n WHERE n.id = $1 FOR UPDATE`,
    [id, now],
  )
  if (rows[0]?.origin === 'person' || (await stillFiring(client, id))) return 'ended'
  const text = 'Mitigated: the last alert ended.'
  return (await markMitigated(client, { id, at: Math.max(at, rows[0]?.last ?? 0), text }, actor, now)) ? 'mitigated' : 'ended'
}
