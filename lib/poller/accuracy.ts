import type pg from 'pg'
import type { Logger } from 'pino'
import { HeadroomError } from '../errors'
import { verifySlo } from '../slo/commands'

/** Passes of a day, five minutes apart. */
const PASSES = 288

/**
 * Compares SLOs of the shard with the one-shot query of their whole window and writes the difference down: every SLO once
 * a day, as few per pass as that takes, because that query is heavy.
 */
export async function sampleAccuracy(pool: pg.Pool, shard: number, log: Logger): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT s.id FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id JOIN slo_status st ON st.slo_id = s.id
     WHERE s.shard = $1 AND s.deleted_at IS NULL AND s.lifecycle = 'active' AND e.backfill = 'done' AND e.quarantined_at IS NULL AND st.stale_since IS NULL
       AND e.history_from IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM accuracy_sample a WHERE a.slo_id = s.id AND a.at > now() - interval '1 day')
     ORDER BY s.id LIMIT (SELECT ceil(count(*)::float / ${PASSES}) FROM slo WHERE shard = $1)`,
    [shard],
  )
  for (const { id } of rows) await sample(pool, id, log)
}

async function sample(pool: pg.Pool, sloId: number, log: Logger): Promise<void> {
  try {
    const { ledger, oneShot, difference } = await verifySlo({ type: 'system', job: 'poller' }, { sloId })
    await pool.query('INSERT INTO accuracy_sample (slo_id, ledger, one_shot, drift) VALUES ($1, $2, $3, $4)', [
      sloId,
      ledger.sli,
      oneShot.sli,
      difference.sli,
    ])
  } catch (error) {
    if (!(error instanceof HeadroomError)) throw error
    log.warn({ sloId, err: error.message }, 'accuracy could not be sampled')
  }
}
