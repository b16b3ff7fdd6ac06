import 'server-only'
import { pool } from '../db/client'
import { causesOf } from '../ledger/reads-causes'
import { keepMarks } from '../measurement/marks'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import { daysOf, monthsUpTo } from './month'
import type { MonthPlace } from './objective'
import type { ServicePlace } from './reads-objectives'

type Reach = { id: number; since: number; newest: number }

/**
 * Hours are kept for 400 days and midnights in UTC for years: what no tier keeps is written down, so that a later build reads the same. Those
 * are edges of months and days, ends of what answers for failures, and where measuring ended.
 */
export async function keepEdges(places: ServicePlace[], now: UnixSeconds): Promise<void> {
  if (places.length === 0) return
  const { rows } = await pool().query<Reach>(
    `SELECT e.slo_id AS id, e.history_from AS since, st.ts AS newest FROM slo_evaluation e JOIN slo_status st ON st.slo_id = e.slo_id
     WHERE e.slo_id = ANY($1::int[]) AND e.history_from IS NOT NULL`,
    [places.flatMap(({ sloIds }) => sloIds)],
  )
  const reach = new Map(rows.map((row) => [row.id, row]))
  const placeOf = new Map(places.flatMap((place) => place.sloIds.map((id) => [id, place] as const)))
  const widest = {
    from: Math.min(...places.map(({ period }) => period.from)),
    to: Math.max(...places.map(({ period }) => period.to)),
  }
  const causes = await causesOf([...placeOf.keys()], widest, (id) => thenOf(placeOf.get(id)))
  const instants: { sloId: number; ts: UnixSeconds }[] = []
  for (const place of places) {
    const { period, sloIds } = place
    const edges = edgesToKeep(place)
    for (const sloId of sloIds) {
      const known = reach.get(sloId)
      if (!known) continue
      const within = (ts: UnixSeconds) => ts % HOUR !== 0 && ts > period.from && ts < period.to
      const ends = (causes.get(sloId) ?? []).flatMap(({ from, to }) => [from, to]).filter(within)
      const last = known.newest < period.to ? [known.newest] : []
      const mine = [...edges, ...ends, ...last].filter((ts) => ts > known.since && ts <= known.newest)
      instants.push(...mine.map((ts) => ({ sloId, ts })))
    }
  }
  await keepMarks(pool(), instants, now)
}

const thenOf = (place: ServicePlace | undefined) =>
  place && { at: Math.min(place.period.to, place.asOf), serviceId: place.serviceId }

function edgesToKeep({ month, zone, period }: MonthPlace): UnixSeconds[] {
  const months = monthsUpTo(month, zone).flatMap(({ period: { from, to } }) => [from, to])
  const days = [period.from, ...daysOf(month, zone).map(({ to }) => to)]
  return [...new Set([...months.filter((ts) => ts % DAY !== 0), ...days.filter((ts) => ts % HOUR !== 0)])]
}
