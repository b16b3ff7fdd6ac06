import { ABSENT_ALERT, BURN_ALERT, SERIES } from '../prometheus-rules/names'
import { cell, dataLink, filledIn, sloPage, withBoard } from './links'
import type { DataLink, Drawn, Override } from './model'
import { bars, type Column, gauge, lines, type Query, stat, table } from './panels'
import type { Scope } from './series'
import * as series from './series'
import { BUDGET_STEPS, BUDGET_WORDS, BURN_STEPS, countSteps } from './states'

/** Panels that the overview and the dashboards of services share. */

const LEFT =
  'Signed: −35 % is over budget by 35 %. Rounded down. Unknown is not nothing: budgets of calendar windows are counted in Headroom alone.'
const BURN = '1 spends exactly the budget of the window, 2 twice as fast. A gap is unknown.'

export const counts = (scope: Scope): Drawn[] => [
  stat(
    { title: 'SLOs that page', description: 'With an alert of severity page that fires.' },
    { expr: series.alerting(BURN_ALERT, 'page', scope) },
    countSteps('critical'),
  ),
  stat(
    { title: 'SLOs with a ticket', description: 'With an alert of severity ticket that fires.' },
    { expr: series.alerting(BURN_ALERT, 'ticket', scope) },
    countSteps('warning'),
  ),
  stat(
    { title: 'Budgets exhausted', description: 'Nothing is left, or less.' },
    { expr: series.exhausted(scope) },
    countSteps('exhausted'),
  ),
  stat(
    { title: 'SLOs without data', description: 'Their series are absent, so nothing is known of them.' },
    { expr: series.alerting(ABSENT_ALERT, 'ticket', scope) },
    countSteps('attention'),
  ),
]

const percent = (decimals: number): Override['properties'] => [
  { id: 'unit', value: 'percentunit' },
  { id: 'decimals', value: decimals },
]
const burning: Override['properties'] = [
  { id: 'unit', value: 'suffix: ×' },
  { id: 'decimals', value: 2 },
  { id: 'thresholds', value: { mode: 'absolute', steps: BURN_STEPS } },
  { id: 'custom.cellOptions', value: { type: 'color-text' } },
]
const linked = (link: DataLink | null): Override['properties'] => (link ? [{ id: 'links', value: [link] }] : [])

type Summary = {
  scope: Scope
  /** pages of the portal, from the labels of a row */
  portal: string | null
  /** digits that the finest target needs, as a percentage */
  digits: number
  /** slugs of the services, where rows lead to their dashboards */
  services: string[] | null
}

/** The SLOs with what they promise, keep and have left, worst first. */
export function summary({ scope, portal, digits, services }: Summary): Drawn {
  const info = `max by (service, slo, name, service_name, window) (${SERIES.info}{${scope.slos}})`
  const left = series.lowest(SERIES.remaining, scope)
  const queries: Query[] = [
    services ? withBoard(info, services) : info,
    series.highest(SERIES.target, scope),
    series.floored(series.lowest(SERIES.sli, scope), 5),
    left,
    series.floored(left, 3),
    ...['1h', '6h', '24h'].map((window) => series.ceiled(series.burn(window, scope), 2)),
  ].map((expr) => ({ expr }))
  const page = portal && sloPage(portal, cell('service'), cell('slo'))
  const value = (index: number) => `Value #${'ABCDEFGH'[index]}`
  const columns: Column[] = [
    ...(services
      ? [
          {
            ...{ field: 'service_name', title: 'Service' },
            config: linked(dataLink('Dashboard of the service', `/d/${cell('board')}?${filledIn('__url_time_range')}`, false)),
          },
        ]
      : [{ field: 'service_name', title: '', hidden: true as const }]),
    { field: 'name', title: 'SLO', config: linked(page ? dataLink('In Headroom', page) : null) },
    { field: 'window', title: 'Window' },
    { field: value(1), title: 'Target', config: percent(digits) },
    { field: value(2), title: 'SLI', config: percent(3) },
    {
      ...{ field: value(3), title: 'By what is left' },
      config: [
        { id: 'mappings', value: BUDGET_WORDS },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ],
    },
    { field: value(4), title: 'Left', config: percent(1) },
    ...['1 h', '6 h', '24 h'].map((length, index) => ({
      field: value(5 + index),
      title: `Burn ${length}`,
      config: burning,
    })),
    ...['service', 'slo', ...(services ? ['board'] : []), value(0)].map((field) => ({ field, title: '', hidden: true as const })),
  ]
  const about = {
    title: 'SLOs',
    description: `Share of the budget that is left: ${LEFT} Burn: ${BURN} The state in Headroom looks at the pace as well.`,
  }
  return table(about, queries, columns, 'Left')
}

export const alertsTable = (scope: Scope, portal: string | null): Drawn => {
  const page = portal && sloPage(portal, cell('service'), cell('slo'))
  const about = { title: 'Alerts that fire', description: 'Nothing here while rules are evaluated means that none does.' }
  const columns: Column[] = [
    { field: 'severity', title: 'Severity' },
    { field: 'alertname', title: 'Alert' },
    { field: 'service', title: 'Service' },
    { field: 'slo', title: 'SLO', config: linked(page ? dataLink('In Headroom', page) : null) },
    { field: 'long', title: 'Over' },
    { field: 'short', title: 'And' },
    ...['Value', 'Value #A'].map((field) => ({ field, title: '', hidden: true as const })),
  ]
  return table(about, [{ expr: series.firing(scope) }], columns, 'Severity', 'none')
}

/** From all of the budget overspent to all of it left. */
const DIAL = { steps: BUDGET_STEPS, unit: 'percentunit', decimals: 1, min: -1, max: 1 }
const budget = (scope: Scope): string => series.floored(series.lowest(SERIES.remaining, scope), 3)

export const budgetBars = (scope: Scope, links: DataLink[]): Drawn =>
  bars(
    { title: 'Least budget left', description: LEFT },
    { ...DIAL, query: { expr: series.least(budget(scope)), legend: '{{service}} / {{slo}}' }, links },
  )
export const budgetGauge = (scope: Scope, links: DataLink[]): Drawn =>
  gauge({ title: 'Budget left', description: LEFT }, { ...DIAL, query: { expr: budget(scope), legend: '{{slo}}' }, links })

export const budgetTrend = (scope: Scope): Drawn =>
  lines(
    { title: 'Budget left over time', description: LEFT },
    {
      queries: [{ expr: series.lowest(SERIES.remaining, scope), legend: '{{slo}}' }],
      ...{ unit: 'percentunit', decimals: 1, steps: BUDGET_STEPS.slice(0, 2) },
    },
  )

/** One panel per lookback. */
export const burnTrends = (legend: string, query: (window: string) => string): Drawn[] =>
  ['1h', '6h', '24h'].map((window) =>
    lines(
      { title: `Burn rate over ${window.replace('h', ' h')}`, description: BURN },
      { queries: [{ expr: query(window), legend }], unit: 'suffix: ×', decimals: 2, min: 0, steps: BURN_STEPS },
    ),
  )

export const BURN_WORDS = BURN
