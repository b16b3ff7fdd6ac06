import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { Failure } from './failure'

type Filled = { all: number; done: number; failed: number; judged: number; share: number }
const PATIENCE = 600

const HOW_FAR = `SELECT count(*)::int AS all, count(*) FILTER (WHERE e.backfill = 'done')::int AS done,
  count(*) FILTER (WHERE e.backfill <> 'done' AND (e.backfill = 'failed' OR e.quarantined_at IS NOT NULL OR d.stale_since IS NOT NULL))::int AS failed,
  count(st.slo_id)::int AS judged,
  coalesce(avg(CASE WHEN e.backfill IN ('done', 'failed') THEN 1
    ELSE (e.backfill_cursor - e.backfill_from)::float / nullif(e.backfill_to - e.backfill_from, 0) END), 0)::float AS share
  FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id JOIN data_source d ON d.id = s.data_source_id
  LEFT JOIN slo_status st ON st.slo_id = s.id WHERE s.deleted_at IS NULL AND s.lifecycle = 'active'`

/** Waits until the poller has read the history of every SLO that can be measured, and judged each once. */
export async function waitForHistory(databaseUrl: string, say: (note: string) => void, broken: () => boolean): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (let second = 0; second < PATIENCE && !broken(); second += 1) {
      const { rows } = await client.query<Filled>(HOW_FAR)
      const { all = 0, done = 0, failed = 0, judged = 0, share = 0 } = rows[0] ?? {}
      say(`${done} of ${all} SLOs, ${Math.floor(share * 100)} %`)
      if (done + failed === all && judged + failed >= all) return
      await wait(1_000)
    }
    if (!broken()) throw new Failure('The history of the SLOs was not read within ten minutes. The log of the poller says why.')
  } finally {
    await client.end()
  }
}
