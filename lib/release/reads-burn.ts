import 'server-only'
import { pool } from '../db/client'
import { loadCorrections } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { countersAt, keyOf } from '../measurement/marks'
import { burnRateOf } from '../slo/burn-rate'
import { between } from '../slo/counts'
import type { UnixSeconds } from '../time-series/units'
import { type Around, type Stretch, stretchesOf } from './attribution'
import type { BurnAround } from './schema'

type Row = Around & { releaseId: number; sloId: number; name: string; newest: UnixSeconds }

/** How fast the SLOs of its service burned before and after each release, by the number of the release. */
export async function burnsAround(releaseIds: number[], now: UnixSeconds): Promise<Map<number, BurnAround[]>> {
  const { rows } = await pool().query<Row>(
    `SELECT r.id AS "releaseId", s.id AS "sloId", s.name, st.ts AS newest, r.released_at AS at,
       (SELECT max(o.released_at) FROM release o WHERE o.service_id = r.service_id AND o.released_at < r.released_at) AS before,
       (SELECT min(o.released_at) FROM release o WHERE o.service_id = r.service_id AND o.released_at > r.released_at) AS next
     FROM release r JOIN slo s ON s.service_id = r.service_id AND s.deleted_at IS NULL AND s.lifecycle = 'active'
     JOIN slo_status st ON st.slo_id = s.id WHERE r.id = ANY($1::int[]) ORDER BY r.id, s.name`,
    [releaseIds],
  )
  const due = rows.flatMap((row) => {
    const stretches = stretchesOf(row, row.newest)
    return stretches ? [{ ...row, ...stretches, opens: stretches.before.from, closes: stretches.after.to }] : []
  })
  const instants = due.flatMap(({ sloId, opens, at, closes }) => [opens, at, closes].map((ts) => ({ sloId, ts })))
  const counters = await countersAt(pool(), instants, now)
  const { definitions } = await loadDefinitions(pool(), { ids: [...new Set(due.map(({ sloId }) => sloId))] })
  const { lens } = await loadCorrections(pool(), definitions)
  const burnIn = (sloId: number, { from, to }: Stretch): number | null => {
    const [start, end] = [counters.get(keyOf({ sloId, ts: from })), counters.get(keyOf({ sloId, ts: to }))]
    const rules = definitions.find(({ id }) => id === sloId)?.rules
    return start && end && rules ? burnRateOf(between(lens(sloId)(from, start), lens(sloId)(to, end)), rules.target) : null
  }
  const found = new Map<number, BurnAround[]>(releaseIds.map((id) => [id, []]))
  for (const { releaseId, sloId, name, before, after } of due) {
    const burn = { before: burnIn(sloId, before), after: burnIn(sloId, after) }
    found.get(releaseId)?.push({ slo: { id: sloId, name }, ...burn })
  }
  return found
}
