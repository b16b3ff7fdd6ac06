import { alertPairs } from '../alert/alert-policy'
import { HeadroomError } from '../errors'
import { lengthOf } from '../prometheus-rules/rules'
import { canFire } from '../slo/alert-pair'
import { slugOf } from '../slo/definition-input'
import type { Portable, PortableService, PortableSlo } from '../slo-as-code/portable'
import { alertsTable, BURN_WORDS, budgetGauge, budgetTrend, burnTrends, counts, summary } from './common'
import { type DashboardOptions, framed, portalOf, targetDigits } from './frame'
import { line, type Section } from './layout'
import {
  address,
  boardLink,
  dataLink,
  linkTo,
  OVERVIEW_UID,
  plain,
  seriesLabel,
  servicePage,
  serviceUid,
  sloPage,
  TAG,
} from './links'
import type { Dashboard, DashboardLink, Drawn, Threshold } from './model'
import { lines } from './panels'
import { burn, mostRequests, serviceScope, sloScope } from './series'
import { BURN_STEPS, STATE_COLOURS } from './states'
import { latencyPanel, requestsPanel, successPanel } from './traffic'
import { annotations, serviceVariables } from './variables'

/** One service: all its SLOs, or those chosen above, its traffic, and a folded row for each SLO with its own thresholds. */
export function serviceDashboard(portable: Portable, slug: string, options: DashboardOptions = {}): Dashboard {
  const service = portable.services.find((one) => one.slug === slug)
  if (!service) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  const slos = portable.slos.filter(({ definition }) => definition.service === slug)
  const portal = portalOf(options)
  const scope = serviceScope(slug)
  const inPortal = portal ? [dataLink('In Headroom', sloPage(portal, slug, seriesLabel('slo')))] : []
  return framed({
    uid: serviceUid(slug),
    title: `SLOs: ${titleOf(service)}`,
    description: 'What is left of the error budgets of one service, how fast they burn, what alerts, and its traffic.',
    tags: [TAG, `${TAG}-service`, 'slo'],
    variables: serviceVariables(slug),
    annotations: annotations(scope),
    links: [
      boardLink('Overview', OVERVIEW_UID),
      ...(portal ? [linkTo('Headroom', servicePage(portal, slug))] : []),
      ...runbooks(slos),
    ],
    sections: [
      {
        lines: [
          line(4, ...counts(scope)),
          line(8, summary({ scope, portal, digits: targetDigits({ services: [], slos }), services: null })),
          line(8, budgetGauge(scope, inPortal), alertsTable(scope, portal)),
        ],
      },
      {
        title: 'Burn rates',
        lines: [line(9, ...burnTrends('{{slo}}', (window) => burn(window, scope))), line(9, budgetTrend(scope))],
      },
      {
        title: 'Traffic',
        lines: [
          line(
            9,
            requestsPanel(mostRequests(scope, 'method, route'), '{{method}} {{route}}'),
            successPanel(scope),
            latencyPanel(scope),
          ),
        ],
      },
      ...slos.map((slo) => sectionOf(slo, portal)),
    ],
  })
}

/** Services may share a name; at most one of them has the slug that comes of it, whatever else goes out beside it. */
const titleOf = ({ name, slug }: PortableService): string =>
  `${plain(name)}${name === slug || slugOf(name) === slug ? '' : ` (${slug})`}`

/** The runbooks of the SLOs, each once. */
function runbooks(slos: PortableSlo[]): DashboardLink[] {
  const found = new Map<string, string[]>()
  for (const { definition, links } of slos) {
    const url = address(links.runbook)
    if (url) found.set(url, [...(found.get(url) ?? []), definition.name])
  }
  return [...found].map(([url, names]) => linkTo(found.size === 1 ? 'Runbook' : `Runbook: ${names.join(', ')}`, url, 'doc'))
}

function sectionOf({ definition, alerting, links, scrapeSeconds }: PortableSlo, portal: string | null): Section {
  const scope = sloScope(definition.service, definition.slug)
  const runbook = address(links.runbook)
  const dashboard = address(links.dashboard)
  const panelLinks = [
    ...(portal ? [linkTo('In Headroom', sloPage(portal, definition.service, definition.slug))] : []),
    ...(runbook ? [linkTo('Runbook', runbook)] : []),
    ...(dashboard ? [linkTo('Dashboard', dashboard)] : []),
  ]
  const trend: Drawn = lines(
    { title: 'Burn rate and what alerts', description: `${BURN_WORDS} Dashed: thresholds of its alerts.` },
    {
      queries: ['1h', '6h', '24h'].map((window) => ({ expr: burn(window, scope), legend: window.replace('h', ' h') })),
      ...{ unit: 'suffix: ×', decimals: 2, min: 0, steps: thresholdsOf({ definition, alerting, scrapeSeconds }) },
    },
  )
  const gauge = { ...budgetGauge(scope, []), ...(panelLinks.length > 0 && { links: panelLinks }) }
  const panels = [
    { width: 6, panel: gauge },
    { width: 18, panel: trend },
  ]
  return { title: plain(definition.name), folded: true, lines: [{ height: 8, panels }] }
}

/** Burn rates from which on its rules alert, beside 1. */
function thresholdsOf({ definition, alerting, scrapeSeconds }: Omit<PortableSlo, 'links'>): Threshold[] {
  if (!alerting) return BURN_STEPS
  const pairs = alertPairs(alerting, lengthOf(definition.window), { scrape: scrapeSeconds }).filter((pair) =>
    canFire(pair, definition.target),
  )
  const found = new Map(BURN_STEPS.map(({ value, color }) => [value ?? Number.NEGATIVE_INFINITY, color]))
  for (const severity of ['ticket', 'page'] as const)
    for (const pair of pairs)
      if (pair.severity === severity) found.set(pair.threshold, STATE_COLOURS[severity === 'page' ? 'critical' : 'warning'])
  return [...found].sort(([a], [b]) => a - b).map(([value, color]) => ({ value: Number.isFinite(value) ? value : null, color }))
}
