import type pg from 'pg'
import type { SloDefinition } from '../slo/definition'
import type { UnixSeconds } from '../time-series/units'
import { loadDefinitions } from './definitions'

/** An SLO, its newest evaluation, and where its history begins. */
export type Measured = { definition: SloDefinition; now: UnixSeconds; historyFrom: UnixSeconds }

/** Those of these SLOs that were measured at all, with how far they have come. */
export async function measuredOf(pool: pg.Pool, ids: number[]): Promise<Measured[]> {
  const { definitions } = await loadDefinitions(pool, { ids })
  const { rows } = await pool.query<{ id: number; now: number; historyFrom: number }>(
    `SELECT e.slo_id AS id, s.ts AS now, e.history_from AS "historyFrom" FROM slo_evaluation e JOIN slo_status s USING (slo_id)
     WHERE e.slo_id = ANY($1::int[]) AND e.history_from IS NOT NULL`,
    [ids],
  )
  const reach = new Map(rows.map((row) => [row.id, row]))
  return definitions.flatMap((definition) => {
    const found = reach.get(definition.id)
    return found ? [{ definition, now: found.now, historyFrom: found.historyFrom }] : []
  })
}
