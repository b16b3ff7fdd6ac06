import 'server-only'
import type { Place } from '../alert/in-force'
import { pool } from '../db/client'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { budgetPolicySchema } from '../policy/budget-policy'
import { PLACES } from '../policy/reads'
import { DAY, type UnixSeconds } from '../time-series/units'
import { occurrence, type Practice, practiceOf, TWO_WEEKS } from './practice'

/** Older versions are settled. */
const YEAR = 366 * DAY

type Version = {
  slug: string
  name: string
  version: number
  from: number
  settings: unknown
  said: { role: string; at: number }[]
}

/**
 * Versions of policies that hold for the services of a team, or for single SLOs of them: agreed once somebody of each role has. Of a
 * version that was replaced before it was due nobody wants that any more.
 */
export async function policyAgreements(team: string | null, now: UnixSeconds): Promise<Practice> {
  const policyFor = await loadBudgetPolicies(pool())
  const { rows: places } = await pool().query<Place>(
    `SELECT p.* FROM (${PLACES}) p JOIN service v ON v.id = p."serviceId" JOIN team t ON t.id = v.team_id
     WHERE $1::text IS NULL OR t.slug = $1`,
    [team],
  )
  const held = [...new Set(places.map((place) => policyFor(place).slug))]
  const { rows } = await pool().query<Version>(
    `SELECT p.slug, p.name, v.version, floor(extract(epoch FROM v.valid_from))::int AS from, v.settings,
       coalesce((SELECT json_agg(json_build_object('role', a.role, 'at', a.at)) FROM error_budget_policy_agreement a
         WHERE a.policy_id = p.id AND a.version = v.version), '[]') AS said
     FROM error_budget_policy p
     JOIN (SELECT *, lead(valid_from) OVER (PARTITION BY policy_id ORDER BY version) AS replaced FROM error_budget_policy_version) v ON v.policy_id = p.id
     WHERE p.slug = ANY($1) AND v.valid_from > to_timestamp($2)
       AND (v.replaced IS NULL OR v.replaced >= v.valid_from + make_interval(secs => $3))`,
    [held, now - YEAR, TWO_WEEKS],
  )
  const words = { key: 'agreements', name: 'Agreement on policies', over: 'versions of the last 12 months that hold somewhere' }
  return practiceOf(
    { ...words, cadence: 'Somebody of each role agrees to every version within two weeks.' },
    rows.flatMap(({ slug, name, version, from, settings, said }) => {
      const agreedBy = budgetPolicySchema.safeParse(settings).data?.agreedBy ?? []
      if (agreedBy.length === 0) return []
      const at = agreedBy.map((role) => said.find((one) => one.role === role)?.at ?? null)
      const done = at.some((one) => one === null) ? null : Math.max(...at.map(Number))
      const what = `${name}, version ${version}`
      return [occurrence({ due: from + TWO_WEEKS, done, what, link: `/policies/error-budget/${slug}` }, now)]
    }),
  )
}

type Ended = { id: number; service: string; endedAt: number; reviewedAt: number | null }

/** Waivers that ended in the last twelve weeks, and older ones that nobody looked at: what did they cost? */
export async function waiverReviews(team: string | null, now: UnixSeconds): Promise<Practice> {
  const { rows } = await pool().query<Ended>(
    `SELECT w.id, v.name AS service, w.ended_at AS "endedAt", w.reviewed_at AS "reviewedAt"
     FROM waiver w JOIN service v ON v.id = w.service_id JOIN team t ON t.id = v.team_id
     WHERE w.active_from IS NOT NULL AND w.ended_at IS NOT NULL AND (w.ended_at > $1 OR w.reviewed_at IS NULL) AND ($2::text IS NULL OR t.slug = $2)`,
    [now - 84 * DAY, team],
  )
  const words = {
    key: 'waivers',
    name: 'Reviews of waivers',
    over: 'waivers that ended in the last 12 weeks, and older ones without a review',
  }
  return practiceOf(
    { ...words, cadence: 'What a waiver cost is looked at within two weeks of its end.' },
    rows.map(({ id, service, endedAt, reviewedAt }) =>
      occurrence({ due: endedAt + TWO_WEEKS, done: reviewedAt, what: `W-${id} ${service}`, link: `/waivers/${id}` }, now),
    ),
  )
}
