import type pg from 'pg'
import type { Counts } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'

/** Any number; whoever moves counters holds it shared, whoever forgets them holds it alone. */
const LOCK = 7_411_001
/** First statement of a transaction's part that deletes counters: waits for those that are being moved. */
export const ALONE = `SELECT pg_advisory_xact_lock(${LOCK})`

/**
 * Of what was asked for, what may still be written: between question and answer a definition can be changed, deleted, or
 * measured again from its beginning, and then the answer belongs to counters that are gone. Holds until the commit.
 */
export async function stillInForce<D extends SloDefinition>(
  client: Pick<pg.Pool, 'query'>,
  definitions: D[],
  start: Map<number, Counts>,
): Promise<D[]> {
  await client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`)
  const { rows } = await client.query<{ id: number }>(
    `SELECT s.id FROM unnest($1::int[], $2::int[], $3::boolean[]) AS asked (id, version, goes_on)
     JOIN slo s ON s.id = asked.id AND s.version = asked.version AND s.deleted_at IS NULL
     JOIN slo_evaluation e ON e.slo_id = s.id AND (e.history_from IS NOT NULL OR NOT asked.goes_on)`,
    [
      definitions.map(({ id }) => id),
      definitions.map(({ version }) => version),
      definitions.map(({ id }) => (start.get(id)?.measured ?? 0) > 0),
    ],
  )
  const known = new Set(rows.map(({ id }) => id))
  return definitions.filter(({ id }) => known.has(id))
}
