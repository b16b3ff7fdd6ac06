import type { Portable } from '../slo-as-code/portable'
import type { DashboardOptions } from './frame'
import type { Dashboard } from './model'
import { overviewDashboard } from './overview'
import { serviceDashboard } from './service'

/** The overview and one dashboard for each service that has an SLO, by slug. */
export function dashboardsOf(portable: Portable, options: DashboardOptions = {}): Dashboard[] {
  const measured = new Set(portable.slos.map(({ definition }) => definition.service))
  const services = portable.services.filter(({ slug }) => measured.has(slug)).sort((a, b) => (a.slug < b.slug ? -1 : 1))
  return [overviewDashboard(portable, options), ...services.map(({ slug }) => serviceDashboard(portable, slug, options))]
}

/** As Grafana writes it: two spaces, an end of line. */
export const dashboardText = (dashboard: Dashboard): string => `${JSON.stringify(dashboard, null, 2)}\n`
export const dashboardFile = ({ uid }: Dashboard): string => `${uid}.json`
