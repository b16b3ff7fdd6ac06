import 'server-only'
import type pg from 'pg'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { env } from '../env'
import { monthPeriod } from '../ledger/period'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'
import { organisationBuilt, servicesBuilt } from './commands'
import { changedReports, noteChecked } from './commands-follow'
import { measureQuantiles } from './commands-quantiles'
import { lastWholeMonth, monthsLater } from './month'

const SYSTEM: Actor = { type: 'system', job: 'poller' }

/** What releases cost, corrections and marks are written down by then. */
const GRACE = 30 * MINUTE
/** Counters that have not come and sources that do not answer are waited for this long, and no longer. */
const PATIENCE = DAY
/** Months that a portal looks back on: one that was off for weeks makes up for it. */
const LOOK_BACK = 3
/** Nobody is told of a month that is old news. */
const NEWS = 7 * DAY
/** Any number; whoever builds by the schedule holds it. A connection that dies gives it back. */
const LOCK = 7_411_002

export type Step = { built: number; more: boolean }

/**
 * One step of the schedule: quantiles that are to be measured, then some of the reports that are due, then what was corrected, then
 * the organisation's. Any number of pollers may call it: one of them works, and what was built is not due again.
 */
export async function buildDue(now: UnixSeconds, most = 5): Promise<Step> {
  const client = await pool().connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [LOCK])
    if (!rows[0]?.mine) return { built: 0, more: false }
    try {
      return await step(now, most)
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
    }
  } finally {
    client.release()
  }
}

/** While it works, the schedule of every poller rests. */
export async function withoutSchedule<T>(work: () => Promise<T>): Promise<T> {
  const client = await pool().connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    return await work()
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).finally(() => client.release())
  }
}

async function step(now: UnixSeconds, most: number): Promise<Step> {
  await measureQuantiles(pool(), now, 2)
  return buildWaiting(now, most)
}

/** The part of a step that asks no source. Whoever calls it holds the schedule. */
export async function buildWaiting(now: UnixSeconds, most: number): Promise<Step> {
  const due = await dueReports(pool(), now)
  const ready = due.filter((one) => one.ready)
  const [first] = ready
  if (first) {
    const ids = ready.filter(({ month }) => month === first.month).slice(0, most)
    const quiet = now - Math.max(...ids.map(({ ends }) => ends)) > NEWS
    const built = await servicesBuilt(SYSTEM, { ids: ids.map(({ id }) => id), month: first.month }, now, { quiet })
    return { built: built.size, more: true }
  }
  const changed = await changedReports(now, LOOK_BACK, most)
  if (changed.length > 0) {
    const { month } = changed[0] as { month: string }
    const ids = changed.filter((one) => one.month === month).map(({ serviceId }) => serviceId)
    const built = await servicesBuilt(SYSTEM, { ids, month }, now)
    await noteChecked(ids, month, now)
    return { built: [...built.values()].filter(({ written }) => written).length, more: true }
  }
  for (const month of await dueOrganisation(now, new Set(due.map((one) => one.month)))) {
    const { month: last, to } = endOf(month)
    await organisationBuilt(SYSTEM, last, now, { quiet: now - to > NEWS })
    return { built: 1, more: true }
  }
  return { built: 0, more: false }
}

const endOf = (month: string) => ({ month, to: monthPeriod(month, env().HEADROOM_TIME_ZONE).to })

type DueReport = { id: number; month: string; ends: UnixSeconds; ready: boolean }

/**
 * Services without a report of a month that has ended in their zone, the newest month first. Ready: its counters have come to the
 * end and its quantiles are measured, or enough time was given to them. Months before the newest only where all of it was measured.
 */
async function dueReports(on: pg.Pool, now: UnixSeconds): Promise<DueReport[]> {
  const { rows: zones } = await on.query<{ zone: string }>('SELECT DISTINCT time_zone AS zone FROM service')
  const months = zones.flatMap(({ zone }) =>
    Array.from({ length: LOOK_BACK }, (_, back) => {
      const month = monthsLater(lastWholeMonth(now, zone), -back)
      return { zone, month, ...monthPeriod(month, zone), back }
    }),
  )
  const { rows } = await on.query<DueReport>(
    `SELECT v.id, m.month, m.ends, m.ends + $6 <= $7 AND (m.ends + $8 <= $7 OR bool_and(
         coalesce(st.ts, 0) >= m.ends AND (s.indicator->>'kind' <> 'latency' OR EXISTS (
           SELECT 1 FROM month_quantile q WHERE q.slo_id = s.id AND q.from_ts = m.begins)))) AS ready
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

/** Months of which all services that are due have a report, and the organisation none, or one that is older than one of theirs. */
async function dueOrganisation(now: UnixSeconds, waiting: Set<string>): Promise<string[]> {
  const { rows: zones } = await pool().query<{ zone: string }>('SELECT DISTINCT time_zone AS zone FROM service')
  // A month is over when it is over everywhere.
  const ended = [env().HEADROOM_TIME_ZONE, ...zones.map(({ zone }) => zone)].map((zone) => lastWholeMonth(now, zone)).sort()
  const last = ended[0] as string
  const months = Array.from({ length: LOOK_BACK }, (_, back) => monthsLater(last, -back))
  const { rows } = await pool().query<{ month: string }>(
    `SELECT month FROM report WHERE month = ANY($1::text[]) GROUP BY month
     HAVING max(id) FILTER (WHERE service_id IS NOT NULL) > coalesce(max(id) FILTER (WHERE service_id IS NULL), 0) ORDER BY month DESC`,
    [months.filter((month) => !waiting.has(month))],
  )
  return rows.map(({ month }) => month)
}

/** Removes reports of months that are no longer kept, and what was measured for them. Returns how many went. */
export async function pruneReports(now: UnixSeconds): Promise<number> {
  const { HEADROOM_REPORT_MONTHS: months, HEADROOM_TIME_ZONE: zone } = env()
  const oldest = monthsLater(lastWholeMonth(now, zone), 1 - months)
  const { rowCount } = await pool().query('DELETE FROM report WHERE month < $1', [oldest])
  await pool().query('DELETE FROM report_check WHERE month < $1', [oldest])
  await pool().query('DELETE FROM month_quantile WHERE to_ts <= $1', [monthPeriod(monthsLater(oldest, -1), zone).from])
  return rowCount ?? 0
}
