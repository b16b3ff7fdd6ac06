import type pg from 'pg'
import { recordAuditOn } from '../audit/commands'
import type { Actor } from '../auth/actor'
import type { UnixSeconds } from '../time-series/units'
import { type SentAlert, severityOfLabel, summaryOf } from './alertmanager'
import { writeEvent } from './commands-store'
import { SEVERITIES, SEVERITY_WORDS, type Severity } from './severity'

type Queryable = Pick<pg.Pool, 'query'>
type Told = Pick<SentAlert, 'labels' | 'annotations'>
type Incident = { severity: Severity; summary: string; version: number }

/** Keeps what a repeated alert says now; false when it says what it said before. */
export async function keepRepeat(client: Queryable, row: number, { labels, annotations }: Told): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE incoming_alert SET labels = $2, annotations = $3 WHERE id = $1 AND (labels, annotations) IS DISTINCT FROM ($2::jsonb, $3::jsonb)`,
    [row, labels, annotations],
  )
  return rowCount === 1
}

/**
 * An incident follows what its alert says anew: its severity upwards only, and its summary unless somebody wrote another. What is
 * reviewed stays. True when something changed.
 */
export async function followRepeat(
  client: Queryable,
  { id, before, after }: { id: number; before: Told; after: SentAlert },
  actor: Actor,
  now: UnixSeconds,
): Promise<boolean> {
  const { rows } = await client.query<Incident>(
    `SELECT severity::text AS severity, summary, version FROM incident WHERE id = $1 AND status <> 'reviewed' FOR UPDATE`,
    [id],
  )
  const stored = rows[0]
  if (!stored) return false
  const [said, says] = [before, after].map(({ labels }) => severityOfLabel(labels.severity)) as [Severity, Severity]
  const raised = says !== said && SEVERITIES.indexOf(says) < SEVERITIES.indexOf(stored.severity)
  const severity = raised ? says : stored.severity
  const summary = stored.summary === summaryOf(before) ? summaryOf(after) : stored.summary
  const rewritten = summary !== stored.summary
  if (!raised && !rewritten) return false
  const version = stored.version + 1
  await client.query('UPDATE incident SET severity = $2::incident_severity, summary = $3, version = $4 WHERE id = $1', [
    ...[id, severity, summary, version],
  ])
  const changes = [
    ...(raised ? [`Severity: ${SEVERITY_WORDS[stored.severity].name} → ${SEVERITY_WORDS[severity].name}.`] : []),
    ...(rewritten ? ['Summary changed.'] : []),
  ]
  const event = { at: now, kind: raised ? 'severity' : 'edited', text: changes.join(' '), detail: { version, changes } } as const
  await writeEvent(client, id, event, actor)
  await recordAuditOn(client, actor, {
    ...{ action: 'incident.edit', entityType: 'incident', entityId: id, before: stored },
    after: { severity, summary, version, changes },
  })
  return true
}
