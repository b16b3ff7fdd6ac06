import type { AlertPolicy } from '../alert/alert-policy'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { UNFENCED } from '../measurement/advance'
import { BoundaryCache } from '../measurement/inputs'
import { ensurePartitions } from '../measurement/partitions'
import { catchUp } from '../poller/catch-up'
import { tick } from '../poller/tick'
import { badOf, type Counts } from '../slo/counts'
import { lookbackOf } from '../slo/lookback'
import { unpackInputs } from '../slo/status-inputs'
import { DAY } from '../time-series/units'
import type { Said } from './compare'
import type { Scenario } from './scenario'

/** The portal as it runs: the poller reads a real source into a real database. */
export type Portal = {
  /** reads all history up to an instant, as between ticks */
  catchUp: (until: number) => Promise<void>
  /** one evaluation of everything, a minute after the last */
  tick: (at: number) => Promise<void>
  /** what it says of a window of an SLO at the instant it has come to; `null`: of its own window */
  said: (slug: string, length: number | null) => Promise<Said>
  /** spans in which alerts fired, by SLO and long window */
  fired: () => Promise<{ slug: string; long: number; from: number; to: number | null }[]>
  stop: () => Promise<void>
}

type Judged = Scenario & { policy?: AlertPolicy }

/** `dialect`: how increments are asked for, where a fault is planted */
export async function startPortal(url: string, scenarios: Judged[], dialect = 'prometheus'): Promise<Portal> {
  const database = await testDatabase()
  const slos = await testSlos(pool(), url)
  const scrape = Math.max(...scenarios.map((one) => one.scrape))
  await pool().query('UPDATE data_source SET dialect = $1, scrape_seconds = $2', [dialect, scrape])
  for (const { slug, indicator, target, days, policy } of scenarios) {
    const id = await slos.addSlo({ slug, indicator, target, window: { kind: 'rolling', days } })
    if (policy) await assign(id, policy)
  }
  const context = (now: number) => ({ pool: pool(), shard: 0, fence: UNFENCED, now, cache: new BoundaryCache() })
  return {
    catchUp: async (until) => {
      const now = until + 30
      await ensurePartitions(pool(), now - 2 * DAY, now + DAY)
      while (await catchUp(context(now), until));
    },
    tick: async (at) => {
      await tick(context(at + 30), at)
    },
    said: async (slug, length) => {
      const { rows } = await pool().query<{ inputs: number[]; now: number; last: number | null }>(
        `SELECT st.inputs, st.ts AS now, st.last_data_ts AS last FROM slo_status st JOIN slo s ON s.id = st.slo_id WHERE s.slug = $1`,
        [slug],
      )
      const [row] = rows
      if (!row) return { total: null, bad: null, ratio: null }
      const input = unpackInputs(row.inputs, { now: row.now, lastDataTs: row.last, staleSince: null })
      const counts: Counts = length === null ? input.window : input.lookbacks[lookbackOf(length)]
      const bad = badOf(counts)
      return { total: counts.total, bad, ratio: counts.total > 0 ? bad / counts.total : null }
    },
    fired: async () =>
      (
        await pool().query(
          `SELECT s.slug, a.long, a.fired_at AS "from", a.resolved_at AS "to" FROM alert a JOIN slo s ON s.id = a.slo_id
           WHERE a.fired_at IS NOT NULL ORDER BY a.fired_at`,
        )
      ).rows,
    stop: async () => {
      await disconnect()
      await database.drop()
    },
  }
}

const assign = (id: number, policy: AlertPolicy) =>
  pool().query(
    `WITH kept AS (INSERT INTO alert_policy (slug, name, settings) VALUES ($2, $2, $3) RETURNING id)
     INSERT INTO alert_policy_assignment (scope, policy_id, slo_id) SELECT 'slo:' || $1::int, id, $1::int FROM kept`,
    [id, `of-${id}`, policy],
  )
