import type pg from 'pg'

type Queryable = Pick<pg.Pool, 'query'>
/** One assignment with its policy, of either kind. */
type Row = { id: number; scope: string; slug: string; name: string; version: number; settings: unknown }

/**
 * Reads what is assigned now, and again only when that has changed: policies are read at every tick and every question to the gate, and
 * parsing a few hundred of them costs more than all the rest.
 */
export function assignedPolicies<Found>(
  kind: 'alert_policy' | 'error_budget_policy',
  of: (rows: Row[]) => Found,
): (on: Queryable) => Promise<Found> {
  const from = `FROM ${kind}_assignment a JOIN ${kind} p ON p.id = a.policy_id`
  let last: { key: string; found: Found } | undefined
  return async (on) => {
    const { rows } = await on.query<{ key: string | null }>(
      `SELECT string_agg(concat_ws(' ', a.scope, p.id, p.slug, p.name, p.version, p.updated_at), ',' ORDER BY a.scope) AS key ${from}`,
    )
    const key = rows[0]?.key ?? ''
    if (last?.key === key) return last.found
    const assigned = await on.query<Row>(`SELECT a.scope, p.id, p.slug, p.name, p.version, p.settings ${from}`)
    last = { key, found: of(assigned.rows) }
    return last.found
  }
}
