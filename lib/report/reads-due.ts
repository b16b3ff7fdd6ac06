import 'server-only'
import type pg from 'pg'
import { pool } from '../db/client'
import { monthPeriod } from '../ledger/period'
import type { UnixSeconds } from '../time-series/units'
import { GRACE, PATIENCE } from './buildable'
import { lastWholeMonth, monthsLater } from './month'
import type { MonthPlace } from './objective'

/** Months that a portal looks back on: one that was off for weeks makes up for it. */
export const LOOK_BACK = 3

/** An SLO `s` of a month `m`: its counters have come to the end, and its quantiles are measured. One that began later is not waited for. */
const COUNTED = `e.history_from >= m.ends OR coalesce(st.ts, 0) >= m.ends AND (s.indicator->>'kind' <> 'latency' OR e.history_from IS NULL OR EXISTS (
  SELECT 1 FROM month_quantile q WHERE q.slo_id = s.id AND q.from_ts = m.begins))`

/** The past of an SLO is being read: whatever is counted of it now is half of it, however long ago the month was. */
const FILLING = `coalesce(e.backfill IN ('pending', 'running') AND e.backfill_error IS NULL, false)`

/** Of services and months, those that wait for nothing any more. */
export async function readyOf(
  places: (MonthPlace & { serviceId: number; sloIds: number[] })[],
  now: UnixSeconds,
): Promise<Set<number>> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT m.id FROM unnest($1::int[], $2::int[], $3::int[]) AS m (id, begins, ends)
     LEFT JOIN unnest($4::int[], $5::int[]) AS o (service_id, slo_id) ON o.service_id = m.id
     LEFT JOIN slo s ON s.id = o.slo_id AND s.deleted_at IS NULL LEFT JOIN slo_evaluation e ON e.slo_id = s.id
     LEFT JOIN slo_status st ON st.slo_id = s.id
     GROUP BY m.id, m.ends HAVING m.ends + $6 <= $7 AND NOT bool_or(${FILLING}) AND (m.ends + $8 <= $7 OR bool_and(s.id IS NULL OR ${COUNTED}))`,
    [
      places.map(({ serviceId }) => serviceId),
      places.map(({ period }) => period.from),
      places.map(({ period }) => period.to),
      places.flatMap(({ serviceId, sloIds }) => sloIds.map(() => serviceId)),
      places.flatMap(({ sloIds }) => sloIds),
      ...[GRACE, now, PATIENCE],
    ],
  )
  return new Set(rows.map(({ id }) => id))
}

export type DueReport = { id: number; month: string; ends: UnixSeconds; ready: boolean }

/**
 * Services without a report of a month that has ended in their zone, the newest month first. Ready: its counters have come to the
 * end and its quantiles are measured, or enough time was given to them, and no past is being read. Months before the newest only where all of it was measured.
 */
export async function dueReports(on: pg.Pool, now: UnixSeconds): Promise<DueReport[]> {
  const { rows: zones } = await on.query<{ zone: string }>('SELECT DISTINCT time_zone AS zone FROM service')
  const months = zones.flatMap(({ zone }) =>
    Array.from({ length: LOOK_BACK }, (_, back) => {
      const month = monthsLater(lastWholeMonth(now, zone), -back)
      return { zone, month, ...monthPeriod(month, zone), back }
    }),
  )
  const { rows } = await on.query<DueReport>(
    `SELECT v.id, m.month, m.ends, m.ends + $6 <= $7 AND NOT bool_or(${FILLING}) AND (m.ends + $8 <= $7 OR bool_and(${COUNTED})) AS ready
     FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[]) AS m (zone, month, begins, ends, back)
     JOIN service v ON v.time_zone = m.zone
     JOIN slo s ON s.service_id = v.id AND s.deleted_at IS NULL AND s.lifecycle = 'active'
     JOIN slo_evaluation e ON e.slo_id = s.id LEFT JOIN slo_status st ON st.slo_id = s.id
     WHERE NOT EXISTS (SELECT 1 FROM report r WHERE r.service_id = v.id AND r.month = m.month)
     GROUP BY v.id, m.month, m.begins, m.ends, m.back
     HAVING min(e.history_from) < CASE WHEN m.back = 0 THEN m.ends ELSE m.begins + 1 END
     ORDER BY m.month DESC, v.id`,
    [
      months.map(({ zone }) => zone),
      months.map(({ month }) => month),
      months.map(({ from }) => from),
      months.map(({ to }) => to),
      months.map(({ back }) => back),
      ...[GRACE, now, PATIENCE],
    ],
  )
  return rows
}
