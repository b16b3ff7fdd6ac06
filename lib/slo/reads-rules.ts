import 'server-only'
import { namedPolicy } from '../alert/reads-back-test'
import { pool } from '../db/client'
import { loadAlerting } from '../measurement/alert-policies'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import type { SloDefinitionRecord } from './definition-input'
import { planOf } from './measurement-plan'
import { isSliced } from './one-shot'
import type { StatusRules } from './status'

/** The rules that will hold for a definition where it is to stand; another alert policy when one is named. */
export async function rulesUnder(definition: SloDefinitionRecord, alertPolicy: string | null): Promise<StatusRules> {
  const { target, window, noDataPolicy, coverageFloor, minEvents, indicator, method, sliceTarget } = definition
  const place = await placeOf(definition)
  const inForce = (await loadAlerting(pool()))(place)
  return {
    ...{
      target,
      window,
      noDataPolicy,
      coverageFloor,
      minEvents,
      policy: (await loadBudgetPolicies(pool()))(place).settings.status,
    },
    alerting: alertPolicy === null ? inForce : await namedPolicy(alertPolicy, inForce),
    scrapeSeconds: place.scrape,
    sliced: isSliced(planOf(indicator), { method, sliceTarget }),
  }
}

type Place = { id: number; serviceId: number; tier: string; scrape: number }

/** Where it stands or will stand; a service that is not there yet has no policy of its own. */
async function placeOf({ service, slug, dataSource }: SloDefinitionRecord): Promise<Place> {
  const { rows } = await pool().query<Place>(
    `SELECT coalesce(s.id, 0) AS id, v.id AS "serviceId", v.tier::text AS tier,
       coalesce((SELECT scrape_seconds FROM data_source WHERE name = $3), 15) AS scrape
     FROM service v LEFT JOIN slo s ON s.service_id = v.id AND s.slug = $2 AND s.deleted_at IS NULL WHERE v.slug = $1`,
    [service, slug, dataSource],
  )
  return rows[0] ?? { id: 0, serviceId: 0, tier: '', scrape: 15 }
}
