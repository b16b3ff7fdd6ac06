import type { Portable } from '../slo-as-code/portable'
import { alertsTable, budgetBars, burnTrends, counts, summary } from './common'
import { type DashboardOptions, framed, portalOf, targetDigits } from './frame'
import { line } from './layout'
import { allBoards, dataLink, linkTo, OVERVIEW_UID, seriesLabel, sloPage, TAG } from './links'
import type { Dashboard } from './model'
import { mostBurn, mostRequests, OVERVIEW_SCOPE as SCOPE } from './series'
import { latencyByService, requestsPanel, successPanel } from './traffic'
import { annotations, overviewVariables } from './variables'

/**
 * All SLOs on one page of Grafana, from the series that the exported rules record. `portable` says how targets are written and
 * which dashboards services have; what is shown is whatever Prometheus records.
 */
export function overviewDashboard(portable: Portable, options: DashboardOptions = {}): Dashboard {
  const portal = portalOf(options)
  const labels = portal ? [dataLink('In Headroom', sloPage(portal, seriesLabel('service'), seriesLabel('slo')))] : []
  return framed({
    uid: OVERVIEW_UID,
    title: 'SLOs: overview',
    description: 'What is left of the error budgets, how fast they burn, and what alerts.',
    tags: [TAG, 'slo'],
    variables: overviewVariables(),
    annotations: annotations(SCOPE),
    links: [allBoards(), ...(portal ? [linkTo('Headroom', `${portal}/`)] : [])],
    sections: [
      {
        lines: [
          line(4, ...counts(SCOPE)),
          line(
            12,
            summary({
              scope: SCOPE,
              portal,
              digits: targetDigits(portable),
              services: portable.services.map(({ slug }) => slug),
            }),
          ),
          line(10, budgetBars(SCOPE, labels), alertsTable(SCOPE, portal)),
        ],
      },
      { title: 'Burn rates', lines: [line(9, ...burnTrends('{{service}} / {{slo}}', (window) => mostBurn(window, SCOPE)))] },
      {
        ...{ title: 'Traffic', folded: true },
        lines: [
          line(
            9,
            requestsPanel(mostRequests(SCOPE, 'service, method, route'), '{{service}} {{method}} {{route}}'),
            successPanel(SCOPE),
          ),
          line(9, ...latencyByService(SCOPE)),
        ],
      },
    ],
  })
}
