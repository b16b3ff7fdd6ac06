import type pg from 'pg'
import type { Alerting } from '../alert/in-force'
import { type DefinitionRow, definitionOf, type SloDefinition, unreadable } from '../slo/definition'
import { loadAlerting } from './alert-policies'
import { loadBudgetPolicies } from './error-budget-policies'

type Queryable = Pick<pg.Pool, 'query'>
type Revision = { id: number; serviceId: number; tier: string; rev: string }
type Row = DefinitionRow & Revision

const known = new Map<number, { key: string; definition: SloDefinition }>()

const COLUMNS = `s.data_source_id AS "dataSourceId", s.version, s.indicator, s.method::text, s.slice_target AS "sliceTarget",
  s.target, s."window", s.no_data_policy::text AS "noDataPolicy", s.coverage_floor AS "coverageFloor",
  s.min_events AS "minEvents", d.scrape_seconds AS "scrapeSeconds"`
const REVISION = `concat_ws(' ', s.version, s.updated_at, v.version, v.tier, d.scrape_seconds)`
const REVISED = `s.id, s.service_id AS "serviceId", v.tier::text AS tier, ${REVISION} AS rev`
const FROM = 'FROM slo s JOIN service v ON v.id = s.service_id JOIN data_source d ON d.id = s.data_source_id'

export type Loaded = { definitions: SloDefinition[]; invalid: { id: number; message: string }[] }

/**
 * The SLOs of a shard (or some by their number), parsed. What has not changed since the last call is taken from memory: at ten thousand
 * SLOs parsing would cost more than measuring.
 */
export async function loadDefinitions(on: Queryable, which: { shard: number } | { ids: number[] }): Promise<Loaded> {
  const [column, values] = 'shard' in which ? ['shard', [which.shard]] : ['id', which.ids]
  const policyFor = await loadBudgetPolicies(on)
  const alertingFor = await loadAlerting(on)
  const keyOf = (row: Revision): string => `${row.rev} ${revisionOf(policyFor(row))} ${revisionOf(alertingFor(row))}`
  const { rows: revisions } = await on.query<Revision>(
    `SELECT ${REVISED} ${FROM}
     WHERE s.${column} = ANY($1::int[]) AND s.deleted_at IS NULL AND s.lifecycle = 'active' ORDER BY s.id`,
    [values],
  )
  const changed = revisions.filter((row) => known.get(row.id)?.key !== keyOf(row)).map(({ id }) => id)
  const invalid: Loaded['invalid'] = []
  if (changed.length > 0) {
    const { rows } = await on.query<Row>(`SELECT ${REVISED}, ${COLUMNS} ${FROM} WHERE s.id = ANY($1::int[])`, [changed])
    for (const row of rows) {
      known.delete(row.id)
      try {
        const definition = definitionOf(row, policyFor(row).settings.status, alertingFor(row))
        known.set(row.id, { key: keyOf(row), definition })
      } catch (error) {
        invalid.push({ id: row.id, message: unreadable(error) })
      }
    }
  }
  const definitions = revisions.flatMap(({ id }) => known.get(id)?.definition ?? [])
  return { definitions, invalid }
}

const revisionOf = ({ scope, id, slug, version }: Pick<Alerting, 'scope' | 'id' | 'slug' | 'version'>): string =>
  `${scope} ${id} ${slug} ${version}`
