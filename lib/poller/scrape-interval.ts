import type pg from 'pg'
import { isOpen, loadSources, type SourceRow } from '../measurement/source-health'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import { MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

const SPAN = 10 * MINUTE
/**
 * How often nine of ten targets are scraped in ten minutes at least, from one cheap question that every dialect answers. The
 * best ten minutes of an hour, of targets that are older than twenty: a restart is no slow scrape.
 */
const SCRAPES = 'quantile(0.1, max_over_time(count_over_time(up[10m])[1h:10m]) and up offset 20m)'

/** Once an hour and per source, by whichever shard comes first: how far apart its scrapes are. */
export async function probeScrapes(pool: pg.Pool, now: UnixSeconds): Promise<void> {
  for (const source of await loadSources(pool)) {
    if (isOpen(source, now) || !(await claim(pool, source, now))) continue
    const interval = await scrapeInterval(source, now)
    if (interval !== null) await pool.query('UPDATE data_source SET scrape_seconds = $2 WHERE id = $1', [source.id, interval])
  }
}

const claim = async (pool: pg.Pool, { id }: SourceRow, now: UnixSeconds): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `UPDATE data_source SET scrape_probed_at = to_timestamp($2)
     WHERE id = $1 AND (scrape_probed_at IS NULL OR scrape_probed_at <= to_timestamp($2) - interval '1 hour')`,
    [id, now],
  )
  return rowCount === 1
}

/** `null` when the source has no `up` series, or none that is old enough to tell. */
async function scrapeInterval({ client }: SourceRow, now: UnixSeconds): Promise<Seconds | null> {
  try {
    const count = (await client.instant(SCRAPES, now))[0]?.value ?? 0
    // A scrape more or less must not turn 15 s into 16 s.
    return count >= 1 ? Math.max(5, Math.round(SPAN / count / 5) * 5) : null
  } catch (error) {
    if (error instanceof PrometheusUnavailable || error instanceof PrometheusRefused) return null
    throw error
  }
}
