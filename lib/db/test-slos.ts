import type pg from 'pg'
import type { Indicator } from '../slo/indicator'

/** A source with one service; `addSlo` puts SLOs into it. For tests and benches. */
export type TestSlos = { sourceId: number; addSlo: (slo: TestSlo) => Promise<number> }
export type TestSlo = {
  slug: string
  indicator: Indicator
  target?: number
  window?: unknown
  method?: string
  sliceTarget?: number | null
  shard?: number
}

export async function testSlos(pool: pg.Pool, sourceUrl: string): Promise<TestSlos> {
  const id = async (text: string, values: unknown[] = []): Promise<number> =>
    (await pool.query<{ id: number }>(text, values)).rows[0]?.id ?? 0
  const team = await id(`INSERT INTO team (slug, name) VALUES ('payments', 'Payments') RETURNING id`)
  const service = await id(
    `INSERT INTO service (slug, name, tier, kind, team_id) VALUES ('checkout', 'Checkout', 'critical', 'api', $1) RETURNING id`,
    [team],
  )
  const sourceId = await id(`INSERT INTO data_source (name, url) VALUES ('prometheus', $1) RETURNING id`, [sourceUrl])
  return {
    sourceId,
    addSlo: async ({
      slug,
      indicator,
      target = 0.99,
      window = { kind: 'rolling', days: 7 },
      method = 'occurrences',
      sliceTarget = null,
      shard = 0,
    }) => {
      const slo = await id(
        `INSERT INTO slo (service_id, data_source_id, slug, name, indicator, target, "window", method, slice_target, shard)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7::budgeting_method, $8, $9) RETURNING id`,
        [service, sourceId, slug, indicator, target, window, method, sliceTarget, shard],
      )
      await pool.query('INSERT INTO slo_evaluation (slo_id) VALUES ($1)', [slo])
      return slo
    },
  }
}
