import type pg from 'pg'
import { prometheusClient } from '../prometheus/client'
import type { PrometheusUnavailable } from '../prometheus/errors'
import type { Dialect } from '../slo/promql'
import type { UnixSeconds } from '../time-series/units'
import type { Source } from './measure'

type Queryable = Pick<pg.Pool, 'query'>

export type SourceRow = Source & {
  id: number
  name: string
  offsetSeconds: number
  failures: number
  retryAt: UnixSeconds | null
}

/** A source that failed rests for ten seconds; after three failures in a row it is only probed, every 30 s. */
export const BREAKER = { failures: 3, restSeconds: 10, retrySeconds: 30, probeTimeoutSeconds: 5 }
/** One lost answer is not news; two in a row are. */
const STALE_AFTER = 2

export async function loadSources(on: Queryable): Promise<SourceRow[]> {
  const { rows } = await on.query<{
    id: number
    name: string
    url: string
    dialect: Dialect
    offset: number
    failures: number
    retry: number | null
  }>(
    `SELECT id, name, url, dialect::text, offset_seconds AS offset, failures, extract(epoch FROM retry_at)::int AS retry
     FROM data_source ORDER BY id`,
  )
  return rows.map(({ id, name, url, dialect, offset, failures, retry }) => ({
    id,
    name,
    dialect,
    offsetSeconds: offset,
    failures,
    retryAt: retry,
    client: prometheusClient({ url, timeoutSeconds: failures >= BREAKER.failures ? BREAKER.probeTimeoutSeconds : 20 }),
  }))
}

export const isOpen = (source: SourceRow, now: UnixSeconds): boolean => source.retryAt !== null && source.retryAt > now

export async function recordAnswer(on: Queryable, source: SourceRow, now: UnixSeconds): Promise<void> {
  if (source.failures === 0) {
    await on.query('UPDATE data_source SET last_ok_at = to_timestamp($2) WHERE id = $1', [source.id, now])
    return
  }
  source.failures = 0
  await on.query(
    `UPDATE data_source SET failures = 0, retry_at = NULL, stale_since = NULL, last_error = NULL, last_ok_at = to_timestamp($2)
     WHERE id = $1`,
    [source.id, now],
  )
}

/** Counts a failure; from the second in a row the SLOs of the source say since when they are stale. */
export async function recordFailure(
  pool: pg.Pool,
  source: SourceRow,
  error: PrometheusUnavailable,
  now: UnixSeconds,
): Promise<void> {
  source.failures += 1
  await pool.query(
    `UPDATE data_source SET failures = failures + 1, last_error = $2, stale_since = COALESCE(stale_since, to_timestamp($3)),
       retry_at = to_timestamp($3) + make_interval(secs => CASE WHEN failures + 1 >= $4::int THEN $5::float8 ELSE $6::float8 END)
     WHERE id = $1`,
    [source.id, error.message, now, BREAKER.failures, BREAKER.retrySeconds, BREAKER.restSeconds],
  )
  if (source.failures >= STALE_AFTER)
    await markStale(pool, `data_source_id = $1 AND indicator->>'kind' <> 'composite'`, source.id)
}

/** Nothing is known since the last evaluation: the state says so, and alerts stand still. Composites ask no source. */
export async function markStale(
  on: Queryable,
  where: `data_source_id = $1 AND indicator->>'kind' <> 'composite'` | 'id = ANY($1::int[])',
  value: number | number[],
): Promise<void> {
  await on.query(
    `UPDATE slo_status SET stale_since = ts, state = 'no-data', since = CASE WHEN state = 'no-data' THEN since ELSE ts END
     WHERE stale_since IS NULL AND slo_id IN (SELECT id FROM slo WHERE ${where})`,
    [value],
  )
}
