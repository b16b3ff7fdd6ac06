import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadCorrections } from '../measurement/corrections'
import { pastStretch, storedSeries } from '../slo/reads-series'
import { storedSlo } from '../slo/reads-stored'
import { windowLength } from '../slo/window'
import { DAY, type UnixSeconds } from '../time-series/units'
import { alertPolicySchema } from './alert-policy'
import { type BackTest, backTest } from './back-test'
import { type Alerting, UNASSIGNED } from './in-force'
import { canReadAlerts, WHO_READS } from './policy'
import type { BackTestRequest } from './schema'

export type BackTests = {
  slo: { id: number; name: string; service: string }
  from: UnixSeconds
  to: UnixSeconds
  /** slug of the policy that is in force */
  inForce: string
  results: BackTest[]
  notes: string[]
}

/** What policies would have told of an SLO's stored past. Nothing named: the one in force. Writes nothing, asks no source. */
export async function backTests(actor: Actor, { id, policies, days }: BackTestRequest & { id: number }): Promise<BackTests> {
  authorize(canReadAlerts(actor), WHO_READS)
  const stored = await storedSlo(id)
  const { definition, row, status } = stored
  if (!status) throw new HeadroomError('CONFLICT', 'There is no past to test before the first evaluation.')
  const { rules } = definition
  const inForce = rules.alerting ?? UNASSIGNED
  const stretch = pastStretch(status.ts, days * DAY, windowLength(rules.window, status.ts))
  const series = await storedSeries(stored, stretch, await loadCorrections(pool(), [definition]))
  const past = { series, shownFrom: stretch.to - days * DAY, incidents: await recordedIncidents(id, stretch.to) }
  const chosen = policies.length > 0 ? await Promise.all(policies.map((slug) => namedPolicy(slug, inForce))) : [inForce]
  const notes = ['Counters of the past are kept in steps of five minutes: an alert may be that much late here.']
  if (row.historyFrom !== null && row.historyFrom > past.shownFrom) notes.push('History does not reach that far back.')
  return {
    slo: { id, name: row.name, service: row.serviceName },
    ...{ from: past.shownFrom, to: stretch.to, inForce: inForce.slug, notes },
    results: chosen.map((alerting) => backTest(rules, alerting, past)),
  }
}

/** A policy by its short name, as if it were assigned. Throws INVALID_INPUT at `policies`. */
export async function namedPolicy(slug: string, inForce: Alerting): Promise<Alerting> {
  if (slug === inForce.slug) return inForce
  const found = await db().alertPolicy.findUnique({ where: { slug } })
  if (!found) {
    const message = `There is no alert policy “${slug}”. Choose one of the list.`
    throw new HeadroomError('INVALID_INPUT', message, [{ path: 'policies', message }])
  }
  const { id, name, version, settings } = found
  return { id, slug, name, version, scope: 'slo', settings: alertPolicySchema.parse(settings) }
}

/** Stretches of incidents that are told as such; a false positive is none. */
async function recordedIncidents(sloId: number, end: UnixSeconds) {
  const { rows } = await pool().query<{ from: number; to: number | null; incidentId: number }>(
    `SELECT p.from_ts AS "from", p.to_ts AS "to", p.incident_id AS "incidentId" FROM incident_impact p
     JOIN incident i ON i.id = p.incident_id WHERE p.slo_id = $1 AND NOT i.false_positive ORDER BY p.from_ts`,
    [sloId],
  )
  return rows.map(({ from, to, incidentId }) => ({ from, to: to ?? end, incidentId })).filter(({ from, to }) => to > from)
}
