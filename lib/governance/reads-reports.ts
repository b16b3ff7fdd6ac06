import 'server-only'
import { pool } from '../db/client'
import { monthPeriod } from '../ledger/period'
import { lastWholeMonth, monthName, monthsLater } from '../report/month'
import { DAY, type UnixSeconds } from '../time-series/units'
import { occurrence, type Practice, practiceOf } from './practice'

const MONTHS = 3
/** The schedule waits a day for what is late. */
const WITHIN = 2 * DAY

type Row = {
  slug: string
  name: string
  service: string
  zone: string
  since: number
  month: string | null
  builtAt: number | null
}

/**
 * The reports of a month are there two days after its end, those of all services of a team. Months that ended before the portal
 * built its first report were nobody's to report.
 */
export async function monthlyReports(team: string | null, now: UnixSeconds): Promise<Practice> {
  const months = Array.from({ length: MONTHS }, (_, i) => monthsLater(lastWholeMonth(now, 'UTC'), i + 1 - MONTHS))
  const { rows } = await pool().query<Row>(
    `SELECT t.slug, t.name, v.slug AS service, v.time_zone AS zone, min(e.history_from) AS since, r.month, min(r.built_at) AS "builtAt"
     FROM service v JOIN team t ON t.id = v.team_id
     JOIN slo s ON s.service_id = v.id AND s.deleted_at IS NULL AND s.lifecycle = 'active'
     JOIN slo_evaluation e ON e.slo_id = s.id AND e.history_from IS NOT NULL
     LEFT JOIN report r ON r.service_id = v.id AND r.month = ANY($1)
     WHERE $2::text IS NULL OR t.slug = $2 GROUP BY t.slug, t.name, v.slug, v.time_zone, r.month`,
    [months, team],
  )
  const { rows: firsts } = await pool().query<{ at: number | null }>('SELECT min(built_at) AS at FROM report')
  const first = firsts[0]?.at ?? now
  const occurrences = months.flatMap((month) =>
    [...new Set(rows.map(({ slug }) => slug))].flatMap((slug) => {
      const wanted = rows.filter((row) => row.slug === slug && row.since < monthPeriod(month, row.zone).to)
      const services = [...new Set(wanted.map(({ service }) => service))]
      const due = Math.max(...wanted.map(({ zone }) => monthPeriod(month, zone).to)) + WITHIN
      if (services.length === 0 || due < first) return []
      const built = wanted.filter((row) => row.month === month).map(({ builtAt }) => builtAt ?? 0)
      const done = built.length < services.length ? null : Math.max(...built)
      return [occurrence({ due, done, what: `${wanted[0]?.name}, ${monthName(month)}`, link: '/reports' }, now)]
    }),
  )
  const words = { key: 'reports', name: 'Monthly reports', over: 'the last three months, since the first report' }
  return practiceOf({ ...words, cadence: 'Two days after a month has ended its reports are there.' }, occurrences)
}
