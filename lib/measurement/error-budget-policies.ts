import type pg from 'pg'
import type { Place } from '../alert/in-force'
import type { PolicyInForce } from '../policy/budget-policy'
import { type AssignedPolicy, policyOf } from '../policy/in-force'

type PolicyFor = (place: Place) => PolicyInForce
let last: { key: string; policyFor: PolicyFor } | undefined

const FROM = 'FROM error_budget_policy_assignment a JOIN error_budget_policy p ON p.id = a.policy_id'

/** Which error-budget policy holds for an SLO or a service, from what is assigned now; read anew only when that has changed. */
export async function loadBudgetPolicies(on: Pick<pg.Pool, 'query'>): Promise<PolicyFor> {
  const { rows } = await on.query<{ key: string | null }>(
    `SELECT string_agg(concat_ws(' ', a.scope, p.id, p.slug, p.version, p.updated_at), ',' ORDER BY a.scope) AS key ${FROM}`,
  )
  const key = rows[0]?.key ?? ''
  if (last?.key === key) return last.policyFor
  const assigned = await on.query<AssignedPolicy>(`SELECT a.scope, p.id, p.slug, p.name, p.version, p.settings ${FROM}`)
  last = { key, policyFor: policyOf(assigned.rows) }
  return last.policyFor
}
