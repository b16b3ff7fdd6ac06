import type pg from 'pg'
import { typicalCost } from '../release/cost'
import type { Risk } from '../release/vocabulary'
import { DAY } from '../time-series/units'
import type { CostEstimate, GatingSlo } from './decision'

/** Fewer releases of the same risk say less than all releases of the service. */
const ENOUGH = 3
/** How many releases are looked back at. */
const LAST = 50

type Row = { sloId: number; risk: Risk | null; excess: number }

/** What releases of this service have cost within a day, by risk; of the gating SLO that they would leave least of. */
export async function costEstimates(
  pool: pg.Pool,
  serviceId: number,
  slos: Pick<GatingSlo, 'id' | 'name' | 'remaining'>[],
): Promise<Record<Risk, CostEstimate | null>> {
  if (slos.length === 0) return { low: null, medium: null, high: null }
  const { rows } = await pool.query<Row>(
    `SELECT c.slo_id AS "sloId", q.risk::text AS risk, c.excess
     FROM (SELECT id FROM release WHERE service_id = $1 ORDER BY released_at DESC LIMIT $4) r
     JOIN release_cost c ON c.release_id = r.id AND c.horizon = $3 AND c.slo_id = ANY($2::int[])
     LEFT JOIN release_request q ON q.release_id = r.id`,
    [serviceId, slos.map(({ id }) => id), DAY, LAST],
  )
  const of = (risk: Risk) => estimateFrom(rows, risk, slos)
  return { low: of('low'), medium: of('medium'), high: of('high') }
}

function estimateFrom(rows: Row[], risk: Risk, slos: Pick<GatingSlo, 'id' | 'name' | 'remaining'>[]): CostEstimate | null {
  const estimates = slos.flatMap(({ id, name, remaining }): CostEstimate[] => {
    const mine = rows.filter(({ sloId }) => sloId === id)
    const alike = mine.filter((row) => row.risk === risk)
    const basis = alike.length >= ENOUGH ? 'risk' : 'service'
    const used = basis === 'risk' ? alike : mine
    const cost = typicalCost(used.map(({ excess }) => excess))
    return cost ? [{ slo: { id, name }, remaining, basis, releases: used.length, ...cost }] : []
  })
  return estimates.reduce<CostEstimate | null>(
    (worst, one) => (worst === null || one.remaining - one.costly < worst.remaining - worst.costly ? one : worst),
    null,
  )
}
