import 'server-only'
import type { Alerting } from '../alert/in-force'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { loadAlerting } from '../measurement/alert-policies'
import { NO_LINKS } from '../service/definition-input'
import { recordOf } from '../slo/definition-record'
import { canReadSlos } from '../slo/policy'
import type { Portable, PortableService, PortableSlo } from './portable'

const SLOS = `SELECT s.id, s.name, s.slug, s.description, s.gating, s.labels, s.objective_group AS "objectiveGroup", s.indicator,
  s.method::text, s.slice_target AS "sliceTarget", s.target, s."window", s.no_data_policy::text AS "noDataPolicy",
  s.coverage_floor AS "coverageFloor", s.min_events AS "minEvents", v.id AS "serviceId", v.slug AS "serviceSlug", v.tier::text,
  v.links, d.name AS "sourceName", d.scrape_seconds AS "scrapeSeconds",
  (SELECT p.slug FROM error_budget_policy_assignment a JOIN error_budget_policy p ON p.id = a.policy_id WHERE a.slo_id = s.id) AS "budgetPolicy"
  FROM slo s JOIN service v ON v.id = s.service_id JOIN data_source d ON d.id = s.data_source_id
  WHERE s.deleted_at IS NULL AND s.lifecycle = 'active' AND ($1::int[] IS NULL OR s.id = ANY($1))
    AND ($2::text[] IS NULL OR v.slug = ANY($2))
  ORDER BY v.slug, s.slug`

const SERVICES = `SELECT v.slug, v.name, v.description, v.labels, v.tier::text, v.kind::text, t.slug AS team, v.links,
  v.time_zone AS "timeZone",
  coalesce(array_agg(n.slug ORDER BY n.slug COLLATE "C") FILTER (WHERE n.slug IS NOT NULL), '{}') AS dependencies
  FROM service v JOIN team t ON t.id = v.team_id LEFT JOIN service_dependency d ON d.service_id = v.id LEFT JOIN service n ON n.id = d.depends_on_id
  WHERE v.slug = ANY($1::text[]) GROUP BY v.id, t.slug ORDER BY v.slug`

const NEEDED = `WITH RECURSIVE needed AS (SELECT id FROM service WHERE slug = ANY($1::text[])
  UNION SELECT d.depends_on_id FROM service_dependency d JOIN needed n ON n.id = d.service_id)
  SELECT v.slug FROM needed JOIN service v USING (id) ORDER BY v.slug`

type Row = Parameters<typeof recordOf>[0] & {
  id: number
  serviceId: number
  serviceSlug: string
  tier: string
  links: { runbook?: string | null; dashboard?: string | null } | null
  scrapeSeconds: number
  budgetPolicy: string | null
}

/**
 * Everything that is measured, or only these SLOs, or those of these services, as it goes out. `needed`: with the services
 * that those need, directly or not, also where nothing of them is measured.
 */
export async function portableSlos(
  actor: Actor,
  only: { ids?: number[]; services?: string[]; needed?: boolean } = {},
): Promise<Portable & { ids: number[] }> {
  authorize(canReadSlos(actor), 'Sign in to read SLOs.')
  const [{ rows }, alertingFor] = await Promise.all([
    pool().query<Row>(SLOS, [only.ids ?? null, only.services ?? null]),
    loadAlerting(pool()),
  ])
  const slugs = [...new Set([...rows.map(({ serviceSlug }) => serviceSlug), ...(only.services ?? [])])]
  const reached = only.needed ? (await pool().query<{ slug: string }>(NEEDED, [slugs])).rows.map(({ slug }) => slug) : slugs
  const services = await pool().query<PortableService>(SERVICES, [reached])
  return {
    services: services.rows.map(saidOf),
    ids: rows.map(({ id }) => id),
    slos: rows.map(
      (row): PortableSlo => ({
        definition: recordOf(row),
        ...held(alertingFor(row)),
        scrapeSeconds: row.scrapeSeconds,
        links: { runbook: row.links?.runbook ?? null, dashboard: row.links?.dashboard ?? null },
        ...(row.budgetPolicy && { budgetPolicy: row.budgetPolicy }),
      }),
    ),
  }
}

/** What is as usual is not said. */
const saidOf = ({ links, timeZone, ...service }: PortableService): PortableService => ({
  ...service,
  ...(timeZone !== 'UTC' && { timeZone }),
  ...(links && Object.values(links).some((link) => link !== null) && { links: { ...NO_LINKS, ...links } }),
})

const held = ({ settings, scope }: Alerting): Pick<PortableSlo, 'alerting' | 'alertingUnsaid'> => ({
  alerting: settings.pairs.length > 0 ? settings : null,
  ...(scope !== 'slo' && { alertingUnsaid: true }),
})
