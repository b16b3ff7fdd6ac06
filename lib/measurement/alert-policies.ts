import type pg from 'pg'
import { type Alerting, type Assigned, alertingOf, type Place } from '../alert/in-force'

/** Which alert policy holds for an SLO, from what is assigned now. */
export async function loadAlerting(on: Pick<pg.Pool, 'query'>): Promise<(place: Place) => Alerting> {
  const { rows } = await on.query<Assigned>(
    `SELECT a.scope, p.id, p.slug, p.name, p.version, p.settings FROM alert_policy_assignment a JOIN alert_policy p ON p.id = a.policy_id`,
  )
  return alertingOf(rows)
}
