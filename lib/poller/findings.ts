import type pg from 'pg'
import type { Fence } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { type Checked, type CheckedRow, checkSlo } from '../measurement/findings'
import { isOpen, loadSources } from '../measurement/source-health'
import { HOUR, type UnixSeconds } from '../time-series/units'

/** A broken indicator is no emergency: every SLO is looked through a few times a day, a changed one at once. */
const EVERY = 6 * HOUR
/** So many a pass keep a pass short; ten thousand SLOs have their turn within the period. */
const TOGETHER = 60

type Due = CheckedRow & { id: number; version: number }

const DUE = `SELECT s.id, s.version, e.history_from AS "historyFrom", st.last_data_ts AS "lastDataTs",
    e.good_over_total_at AS "goodOverTotalAt", c.seen, c.seen_at AS "seenAt", c.seen_version AS "seenVersion"
  FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id LEFT JOIN slo_status st ON st.slo_id = s.id LEFT JOIN slo_check c ON c.slo_id = s.id
  WHERE s.shard = $1 AND s.deleted_at IS NULL AND s.lifecycle = 'active' AND e.backfill = 'done' AND e.quarantined_at IS NULL
    AND (c.at IS NULL OR c.version <> s.version OR c.at <= $2)
  ORDER BY c.at NULLS FIRST LIMIT ${TOGETHER}`

/** Looks through the SLOs of a shard whose turn it is: new and changed ones first. Returns how many. */
export async function refreshFindings(
  { pool, shard, fence }: { pool: pg.Pool; shard: number; fence: Fence },
  now: UnixSeconds,
): Promise<number> {
  const { rows } = await pool.query<Due>(DUE, [shard, now - EVERY])
  if (rows.length === 0) return 0
  const { definitions } = await loadDefinitions(pool, { shard })
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  const sources = new Map((await loadSources(pool)).map((source) => [source.id, source]))
  for (const row of rows) {
    const definition = byId.get(row.id)
    // Saved again since it was listed: the next pass reads both together.
    if (!definition || definition.version !== row.version) continue
    const source = sources.get(definition.dataSourceId)
    const client = source && source.failures === 0 && !isOpen(source, now) ? source.client : null
    await write(pool, fence, row, await checkSlo(pool, definition, row, { client, now }), now)
  }
  return rows.length
}

async function write(pool: pg.Pool, fence: Fence, { id, version }: Due, checked: Checked, now: UnixSeconds): Promise<void> {
  const { found, skipped, seen } = checked
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    if (await fence(client)) {
      await client.query('DELETE FROM slo_finding WHERE slo_id = $1 AND check_name <> ALL($2::text[])', [
        id,
        [...skipped, ...found.map(({ check }) => check)],
      ])
      await client.query(
        `INSERT INTO slo_finding AS old (slo_id, check_name, severity, message, since, seen)
         SELECT $1, n.check_name, n.severity, n.message, $2, $2 FROM unnest($3::text[], $4::text[], $5::text[]) AS n (check_name, severity, message)
         ON CONFLICT (slo_id, check_name) DO UPDATE SET severity = EXCLUDED.severity, message = EXCLUDED.message, seen = EXCLUDED.seen`,
        [id, now, found.map(({ check }) => check), found.map(({ severity }) => severity), found.map(({ message }) => message)],
      )
      await client.query(
        `INSERT INTO slo_check AS old (slo_id, at, version, seen, seen_at, seen_version)
         VALUES ($1, $2, $3, $4::jsonb, $5, CASE WHEN $4::jsonb IS NULL THEN NULL ELSE $3::int END)
         ON CONFLICT (slo_id) DO UPDATE SET at = EXCLUDED.at, version = EXCLUDED.version, seen = coalesce(EXCLUDED.seen, old.seen),
           seen_at = coalesce(EXCLUDED.seen_at, old.seen_at), seen_version = coalesce(EXCLUDED.seen_version, old.seen_version)`,
        [id, now, version, seen && JSON.stringify(seen.series), seen?.at ?? null],
      )
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
