import type pg from 'pg'
import { type DefinitionRow, definitionOf, policyFor, type SloDefinition } from '../slo/definition'

type Queryable = Pick<pg.Pool, 'query'>
type Row = DefinitionRow & { id: number; tier: string; rev: string }

const known = new Map<number, { key: string; definition: SloDefinition }>()

const COLUMNS = `s.id, s.data_source_id AS "dataSourceId", s.version, s.indicator, s.method::text, s.slice_target AS "sliceTarget",
  s.target, s."window", s.no_data_policy::text AS "noDataPolicy", s.coverage_floor AS "coverageFloor",
  s.min_events AS "minEvents", v.tier::text AS tier`
const REVISION = `concat_ws(' ', s.version, s.updated_at, v.version, v.tier)`

export type Loaded = { definitions: SloDefinition[]; invalid: { id: number; message: string }[] }

/**
 * The SLOs of a shard (or some by their number), parsed. What has not changed since the last call is taken from memory: at ten thousand
 * SLOs parsing would cost more than measuring.
 */
export async function loadDefinitions(on: Queryable, which: { shard: number } | { ids: number[] }): Promise<Loaded> {
  const [column, values] = 'shard' in which ? ['shard', [which.shard]] : ['id', which.ids]
  const policies = (await on.query('SELECT tier::text, settings, version FROM error_budget_policy ORDER BY id')).rows
  const policyKey = policies.map((p) => `${p.tier}${p.version}`).join()
  const { rows: revisions } = await on.query<{ id: number; rev: string }>(
    `SELECT s.id, ${REVISION} AS rev FROM slo s JOIN service v ON v.id = s.service_id
     WHERE s.${column} = ANY($1::int[]) AND s.deleted_at IS NULL AND s.lifecycle = 'active' ORDER BY s.id`,
    [values],
  )
  const changed = revisions.filter(({ id, rev }) => known.get(id)?.key !== `${rev} ${policyKey}`).map(({ id }) => id)
  const invalid: Loaded['invalid'] = []
  if (changed.length > 0) {
    const { rows } = await on.query<Row>(
      `SELECT ${COLUMNS}, ${REVISION} AS rev FROM slo s JOIN service v ON v.id = s.service_id WHERE s.id = ANY($1::int[])`,
      [changed],
    )
    for (const row of rows) {
      known.delete(row.id)
      try {
        known.set(row.id, { key: `${row.rev} ${policyKey}`, definition: definitionOf(row, policyFor(row.tier, policies)) })
      } catch (error) {
        invalid.push({ id: row.id, message: `The definition cannot be read: ${sentenceOf(error)}` })
      }
    }
  }
  const definitions = revisions.flatMap(({ id }) => known.get(id)?.definition ?? [])
  return { definitions, invalid }
}

function sentenceOf(error: unknown): string {
  const issue = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues?.[0]
  return issue ? `${issue.path.join('.')}: ${issue.message}` : String(error)
}
