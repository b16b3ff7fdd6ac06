import 'server-only'
import { pool } from '../db/client'
import { MINUTE, type UnixSeconds } from '../time-series/units'
import { lastWholeMonth, monthsLater } from './month'

/** What was decided is laid out over the counters by then. */
const SETTLED = 10 * MINUTE

/** Anything that may make a month look different, decided within a stretch: corrections, claims, releases, counters counted anew. */
const HAPPENED = `
  EXISTS (SELECT 1 FROM correction c WHERE (c.decided_at > since AND c.decided_at <= until OR c.withdrawn_at > since AND c.withdrawn_at <= until)
    AND (c.service_id = r.service_id OR EXISTS (SELECT 1 FROM correction_slo x JOIN slo s ON s.id = x.slo_id
      WHERE x.correction_id = c.id AND s.service_id = r.service_id)))
  OR EXISTS (SELECT 1 FROM release_attribution a JOIN slo s ON s.id = a.slo_id WHERE s.service_id = r.service_id
    AND to_timestamp(a.decided_at) > since AND to_timestamp(a.decided_at) <= until)
  OR EXISTS (SELECT 1 FROM release x WHERE x.service_id = r.service_id AND x.created_at > since AND x.created_at <= until)
  OR EXISTS (SELECT 1 FROM incident_event i WHERE i.created_at > since AND i.created_at <= until AND (
    EXISTS (SELECT 1 FROM incident_service x WHERE x.incident_id = i.incident_id AND x.service_id = r.service_id)
    OR EXISTS (SELECT 1 FROM incident_impact p JOIN slo s ON s.id = p.slo_id WHERE p.incident_id = i.incident_id AND s.service_id = r.service_id)))
  OR EXISTS (SELECT 1 FROM measurement_correction m JOIN slo s ON s.id = m.slo_id WHERE s.service_id = r.service_id
    AND m.at > since AND m.at <= until)`

/** Reports of the last months that may say something else now, some of them. Whether they do, building them shows. */
export async function changedReports(
  now: UnixSeconds,
  months: number,
  most: number,
): Promise<{ serviceId: number; month: string }[]> {
  const last = lastWholeMonth(now, 'UTC')
  const { rows } = await pool().query<{ serviceId: number; month: string }>(
    `SELECT r.service_id AS "serviceId", r.month FROM (
       SELECT n.service_id, n.month, to_timestamp(greatest(max(n.built_at), max(k.checked_at))) AS since, to_timestamp($2::float8) AS until
       FROM report n LEFT JOIN report_check k ON k.service_id = n.service_id AND k.month = n.month
       WHERE n.service_id IS NOT NULL AND n.month = ANY($1::text[]) GROUP BY n.service_id, n.month) r
     WHERE until > since AND (${HAPPENED}) AND NOT ${FILLING} ORDER BY r.month DESC, r.service_id LIMIT $3`,
    [Array.from({ length: months + 1 }, (_, back) => monthsLater(last, 1 - back)), now - SETTLED, most],
  )
  return rows
}

/** Since its report `r` was judged, an SLO is being measured again: what is known of it is half. */
const FILLING = `EXISTS (SELECT 1 FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id
  WHERE s.service_id = r.service_id AND s.deleted_at IS NULL AND s.lifecycle = 'active' AND e.backfill IN ('pending', 'running')
    AND EXISTS (SELECT 1 FROM report d WHERE d.service_id = r.service_id AND d.month = r.month AND jsonb_path_exists(d.document,
      '$.objectives[*] ? (@.slo.id == $id && (@.outcome == "met" || @.outcome == "not_met"))', jsonb_build_object('id', s.id))))`

/** The organisation's newest report says what this many reports of services say. */
export async function noteOrganisation(month: string, seen: number, now: UnixSeconds): Promise<void> {
  await pool().query(
    `INSERT INTO report_check (service_id, month, checked_at, seen) VALUES (NULL, $1, $2, $3)
     ON CONFLICT (service_id, month) DO UPDATE SET checked_at = greatest(report_check.checked_at, EXCLUDED.checked_at),
       seen = greatest(report_check.seen, EXCLUDED.seen)`,
    [month, now, seen],
  )
}

export async function noteChecked(serviceIds: number[], month: string, now: UnixSeconds): Promise<void> {
  await pool().query(
    `INSERT INTO report_check (service_id, month, checked_at) SELECT id, $2, $3 FROM unnest($1::int[]) AS w (id)
     ON CONFLICT (service_id, month) DO UPDATE SET checked_at = greatest(report_check.checked_at, EXCLUDED.checked_at)`,
    [serviceIds, month, now - SETTLED],
  )
}
