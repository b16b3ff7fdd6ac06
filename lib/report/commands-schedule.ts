import 'server-only'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { env } from '../env'
import { monthPeriod } from '../ledger/period'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'
import { type BuildHow, organisationBuilt, servicesBuilt } from './commands'
import { changedReports, noteChecked } from './commands-follow'
import { measureQuantiles } from './commands-quantiles'
import { lastWholeMonth, monthsLater } from './month'
import { dueReports, LOOK_BACK } from './reads-due'
import { withoutReport } from './reads-organisation'

const SYSTEM: Actor = { type: 'system', job: 'poller' }

/** Nobody is told of a month that is old news. */
const NEWS = 7 * DAY
/** Any number; whoever builds by the schedule holds it. A connection that dies gives it back. */
const LOCK = 7_411_002

/** `failed`: services whose report could not be built, and why */
export type Step = { built: number; more: boolean; failed?: { id: number; error: unknown }[] }

/** Services whose report could not be built are tried again after an hour; they hold up nobody until then. */
const setAside = new Map<number, UnixSeconds>()
const REST = 60 * MINUTE

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
  const ready = due.filter((one) => one.ready && isTried(one.id, now))
  const [first] = ready
  if (first) {
    const ids = ready.filter(({ month }) => month === first.month).slice(0, most)
    const quiet = now - Math.max(...ids.map(({ ends }) => ends)) > NEWS
    const { built, ...rest } = await builtOf(
      ids.map(({ id }) => id),
      { month: first.month, now },
      { quiet },
    )
    return { built: built.size, more: true, ...rest }
  }
  const changed = await changedReports(now, LOOK_BACK, most)
  if (changed.length > 0) {
    const { month } = changed[0] as { month: string }
    const ids = changed.filter((one) => one.month === month).map(({ serviceId }) => serviceId)
    const { built, ...rest } = await builtOf(ids, { month, now }, {})
    const checked = [...built.keys(), ...(rest.failed ?? []).map(({ id }) => id)]
    await noteChecked(checked, month, now)
    // Whoever is being measured again comes back when that is done: do not ask again at once.
    return { built: [...built.values()].filter(({ written }) => written).length, more: checked.length > 0, ...rest }
  }
  const [month] = await dueOrganisation(now, new Set(due.map((one) => one.month)))
  return month === undefined ? { built: 0, more: false } : organisationStep(month, now, most)
}

async function organisationStep(month: string, now: UnixSeconds, most: number): Promise<Step> {
  const quiet = now - endOf(month) > NEWS
  const missing = (await withoutReport(month, now)).filter((id) => isTried(id, now)).slice(0, most)
  if (missing.length > 0) {
    const { built, ...rest } = await builtOf(missing, { month, now }, { quiet })
    if (built.size > 0 || rest.failed) return { built: built.size, more: true, ...rest }
  }
  const { written } = await organisationBuilt(SYSTEM, month, now, { quiet })
  return { built: written ? 1 : 0, more: written }
}

const isTried = (id: number, now: UnixSeconds): boolean => (setAside.get(id) ?? 0) <= now

type Built = Awaited<ReturnType<typeof servicesBuilt>>

/** All together; when that fails, one by one, to find the one to blame. */
async function builtOf(
  ids: number[],
  { month, now }: { month: string; now: UnixSeconds },
  how: BuildHow,
): Promise<{ built: Built } & Pick<Step, 'failed'>> {
  try {
    const built = await servicesBuilt(SYSTEM, { ids, month }, now, how)
    for (const id of ids) setAside.delete(id)
    return { built }
  } catch {
    const built: Built = new Map()
    const failed: { id: number; error: unknown }[] = []
    for (const id of ids)
      try {
        for (const [one, stored] of await servicesBuilt(SYSTEM, { ids: [id], month }, now, how)) built.set(one, stored)
      } catch (error) {
        setAside.set(id, now + REST)
        failed.push({ id, error })
      }
    return failed.length > 0 ? { built, failed } : { built }
  }
}

const endOf = (month: string): UnixSeconds => monthPeriod(month, env().HEADROOM_TIME_ZONE).to

/** Months of which all services that are due have a report, and the organisation none, or one that was last looked at when there were fewer. */
async function dueOrganisation(now: UnixSeconds, waiting: Set<string>): Promise<string[]> {
  const { rows: zones } = await pool().query<{ zone: string }>('SELECT DISTINCT time_zone AS zone FROM service')
  // A month is over when it is over everywhere.
  const ended = [env().HEADROOM_TIME_ZONE, ...zones.map(({ zone }) => zone)].map((zone) => lastWholeMonth(now, zone)).sort()
  const last = ended[0] as string
  const months = Array.from({ length: LOOK_BACK }, (_, back) => monthsLater(last, -back))
  const { rows } = await pool().query<{ month: string }>(
    `SELECT r.month FROM report r LEFT JOIN report_check k ON k.service_id IS NULL AND k.month = r.month
     WHERE r.month = ANY($1::text[]) AND r.service_id IS NOT NULL GROUP BY r.month, k.seen
     HAVING count(*) > coalesce(k.seen, 0) ORDER BY r.month DESC`,
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
