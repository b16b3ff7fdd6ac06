import type pg from 'pg'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate, type Facts, writeStatuses } from '../measurement/evaluate'
import { replaceSpans, spansFor } from '../measurement/excluded-spans'
import { countsOf } from '../measurement/inputs'
import { newestSamples } from '../measurement/samples'
import { packInputs } from '../slo/status-inputs'
import type { UnixSeconds } from '../time-series/units'
import { type Which, wantedCredits, wantedSpans } from './reads-approved'

/**
 * Brings what counts into line with what is approved: spans, credits, statuses. Derived from the corrections and the
 * counters alone, so doing it again is harmless: whoever decides calls it, and the poller does now and then, for exclusions
 * that come again and SLOs that are new. Returns how many SLOs were judged anew.
 */
export async function applyCorrections(pool: pg.Pool, which: Which, now: UnixSeconds): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const wanted = await wantedSpans(client, which, now)
    const changed = await replaceSpans(client, await spansFor(client, wanted, now))
    for (const id of await replaceCredits(
      client,
      which,
      wanted.map(({ id }) => id),
    ))
      changed.add(id)
    if (changed.size > 0) await judgeAgain(client, [...changed])
    await client.query('COMMIT')
    return changed.size
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

async function replaceCredits(client: pg.PoolClient, which: Which, ids: number[]): Promise<number[]> {
  const credits = await wantedCredits(client, which)
  const columns = [
    credits.map(({ sloId }) => sloId),
    credits.map(({ correctionId }) => correctionId),
    credits.map(({ at }) => at),
    credits.map(({ minutes }) => minutes),
  ]
  const { rows: gone } = await client.query<{ id: number }>(
    `DELETE FROM budget_credit b WHERE slo_id = ANY($3::int[]) AND NOT EXISTS (
       SELECT 1 FROM unnest($1::int[], $2::int[]) AS n (slo_id, id) WHERE n.slo_id = b.slo_id AND n.id = b.correction_id)
     RETURNING slo_id AS id`,
    [columns[0], columns[1], ids],
  )
  const { rows: come } = await client.query<{ id: number }>(
    `INSERT INTO budget_credit (slo_id, correction_id, granted_at, minutes)
     SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::float8[]) ON CONFLICT DO NOTHING RETURNING slo_id AS id`,
    columns,
  )
  return [...gone, ...come].map(({ id }) => id)
}

/** The same instants judged anew. Where the source is down the state stays what it is, and only the figures change. */
async function judgeAgain(client: pg.PoolClient, ids: number[]): Promise<void> {
  const { rows } = await client.query<Facts & { id: number; ts: number; stale: boolean }>(
    `SELECT e.slo_id AS id, st.ts, e.history_from AS "historyFrom", st.last_data_ts AS "lastDataTs", st.stale_since IS NOT NULL AS stale
     FROM slo_evaluation e JOIN slo_status st ON st.slo_id = e.slo_id WHERE e.slo_id = ANY($1::int[])`,
    [ids],
  )
  const { definitions } = await loadDefinitions(client, { ids })
  const current = countsOf((await newestSamples(client, ids)).values())
  for (const ts of new Set(rows.map((row) => row.ts))) {
    const mine = new Map(rows.filter((row) => row.ts === ts).map((row) => [row.id, row]))
    const here = definitions.filter(({ id }) => mine.has(id))
    const judged = await evaluate(client, here, ts, current, mine)
    await writeStatuses(
      client,
      judged.filter(({ id }) => !mine.get(id)?.stale),
    )
    for (const { id, status, input } of judged.filter((one) => mine.get(one.id)?.stale))
      await client.query('UPDATE slo_status SET remaining = $2, inputs = $3 WHERE slo_id = $1', [
        id,
        status.remaining,
        packInputs(input),
      ])
  }
  // The line of the list is drawn anew by the poller; the old one stays until then.
  await client.query('UPDATE slo_trend SET ts = 0 WHERE slo_id = ANY($1::int[])', [ids])
}
