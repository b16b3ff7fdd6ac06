import type pg from 'pg'
import { isOpen, loadSources, type SourceRow } from '../measurement/source-health'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import { HOUR, type Seconds, type UnixSeconds } from '../time-series/units'

/** How often nine of ten targets are scraped at least, from one cheap question that every dialect answers. */
const SCRAPES = 'quantile(0.1, count_over_time(up[1h]))'

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

/** `null` when the source has no `up` series or has too few scrapes to tell. */
async function scrapeInterval({ client }: SourceRow, now: UnixSeconds): Promise<Seconds | null> {
  try {
    const count = (await client.instant(SCRAPES, now))[0]?.value ?? 0
    // A restart or a lost scrape must not turn 15 s into 16 s.
    return count >= 4 ? Math.max(1, Math.round(HOUR / count / 5) * 5) : null
  } catch (error) {
    if (error instanceof PrometheusUnavailable || error instanceof PrometheusRefused) return null
    throw error
  }
}
