import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { HOUR } from '../time-series/units'
import { dashboardsOf } from './dashboards'
import type { Dashboard, Panel } from './model'
import { overviewDashboard } from './overview'
import { FROM, type Labels, LONG, NOW, portable, recordedHour } from './recorded-fixture'
import { serviceDashboard } from './service'

/** Every query of every panel, as Grafana would send it, to a Prometheus that holds what the rules record. */

let server: TestPrometheus
beforeAll(async () => {
  server = await testPrometheus(recordedHour())
})
afterAll(() => server?.stop())

type Chosen = Record<string, string[] | 'all'>
/** As Grafana fills in several values for Prometheus: one as a pattern, several as alternatives, all as `allValue`. */
function filled(expr: string, { templating }: Dashboard, chosen: Chosen): string {
  return templating.list.reduce((text, { name, allValue }) => {
    const values = chosen[name] ?? 'all'
    const value = values === 'all' ? (allValue ?? '') : values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`
    return text.replaceAll(`$${name}`, value)
  }, expr)
}

type Answer = {
  status: string
  error?: string
  data: { result: { metric: Labels; value?: [number, string]; values?: [number, string][] }[] }
}
async function ask(path: string, query: Record<string, string>): Promise<Answer['data']['result']> {
  const answer = (await (await fetch(`${server.url}/api/v1/${path}?${new URLSearchParams(query)}`)).json()) as Answer
  if (answer.status !== 'success') throw new Error(`${answer.error}\n${query.query}`)
  return answer.data.result
}

/** The answers of one panel as "label label = value"; lines as they are at their end. */
async function shown(dashboard: Dashboard, panel: Panel, chosen: Chosen = {}): Promise<string[][]> {
  return Promise.all(
    panel.targets.map(async ({ expr, instant }) => {
      const query = filled(expr, dashboard, chosen)
      const range = { start: String(NOW - HOUR), end: String(NOW), step: '60' }
      const result = instant ? await ask('query', { query, time: String(NOW) }) : await ask('query_range', { query, ...range })
      return result.map(({ metric, value, values }) => {
        const [at, number] = value ?? values?.at(-1) ?? []
        const labels = Object.entries(metric)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, text]) => text)
        return `${labels.join(' ')}${labels.length > 0 ? ' = ' : ''}${Number(number)}${at === NOW ? '' : ` ${(Number(at) - NOW) / 60} min`}`
      })
    }),
  )
}

const panels = (dashboard: Dashboard): Panel[] => dashboard.panels.flatMap((one) => (one.type === 'row' ? one.panels : [one]))
const find = (dashboard: Dashboard, title: string): Panel => {
  const panel = panels(dashboard).find((one) => one.title === title)
  if (!panel) throw new Error(`There is no panel ${title}.`)
  return panel
}
const sorted = (answers: string[][]) => answers.map((one) => [...one].sort())

const overview = overviewDashboard(portable, { portal: 'https://slo.example.org' })
const checkout = serviceDashboard(portable, 'checkout')

describe('queries of dashboards', () => {
  it('are all read by Prometheus, with one, several and all values chosen', async () => {
    const choices: Chosen[] = [
      {},
      { service: ['cart'], slo: ['latency'] },
      { service: ['cart', 'checkout'], slo: ['latency', 'availability'] },
    ]
    const asked = dashboardsOf(portable).flatMap((dashboard) =>
      choices.flatMap((chosen): Promise<unknown>[] => [
        ...panels(dashboard).map((panel) => shown(dashboard, panel, chosen)),
        ...dashboard.annotations.list.flatMap(({ target }) =>
          target ? [ask('query', { query: filled(target.expr, dashboard, chosen), time: String(NOW) })] : [],
        ),
      ]),
    )
    expect((await Promise.all(asked)).length).toBeGreaterThan(100)
  })

  it.each<[string, string[][]]>([
    ['SLOs that page', [['1']]],
    ['SLOs with a ticket', [['1']]],
    ['Budgets exhausted', [['1']]],
    ['SLOs without data', [['1']]],
    ['Least budget left', [['checkout latency = -0.4', 'cart availability = 0.011', 'checkout availability = 0.59']]],
    [
      'Alerts that fire',
      [
        [
          'SLOBudgetBurn 1h checkout page 5m latency = 1',
          'SLOBudgetBurn 6h checkout page 30m latency = 1',
          'SLOBudgetBurn 72h cart ticket 6h availability = 1',
          'SLODataAbsent cart ticket monthly = 1',
        ],
      ],
    ],
    ['Burn rate over 1 h', [['cart availability = 1', 'checkout availability = 0.4', 'checkout latency = 20.001']]],
    ['Burn rate over 24 h', [['cart availability = 1', 'checkout availability = 0.8', 'checkout latency = 2.2']]],
    ['Requests by method and route', [['GET / cart = 40', 'GET /cart checkout = 12.5', 'POST /pay checkout = 3']]],
    // What ended stays where it ended: Prometheus looks back five minutes.
    ['Success rate', [['cart = 1 -26 min', 'checkout = 0.97']]],
    ['Latency p95', [['checkout = 0.4']]],
  ])('of the overview: %s', async (title, expected) => {
    const answers = await shown(overview, find(overview, title))
    // The bars come in the order of what is left.
    expect(title === 'Least budget left' ? answers : sorted(answers)).toEqual(expected)
  })

  it('fill the rows of the overview, and nothing where nothing is known', async () => {
    const [rows, target, sli, left, rounded, h1, h6, h24] = sorted(await shown(overview, find(overview, 'SLOs')))
    expect(rows).toHaveLength(5)
    expect(rows?.find((row) => row.includes('Latency'))).toBe('headroom-s-checkout Latency checkout Checkout latency 30 d = 1')
    expect(rows?.find((row) => row.includes('X'))).toMatch(/^headroom-s-orders-of-customers-_[0-9a-f]{8} X /)
    expect(target).toEqual([
      'cart availability = 0.9995',
      'cart monthly = 0.99',
      'checkout availability = 0.999',
      'checkout latency = 0.99',
    ])
    expect(sli).toEqual(['cart availability = 0.9995', 'checkout availability = 0.9996', 'checkout latency = 0.986'])
    expect(left).toEqual(['cart availability = 0.0116', 'checkout availability = 0.59', 'checkout latency = -0.4'])
    expect(rounded).toEqual(['cart availability = 0.011', 'checkout availability = 0.59', 'checkout latency = -0.4'])
    expect(h1).toEqual(['cart availability = 1', 'checkout availability = 0.4', 'checkout latency = 20.01'])
    expect(h6?.[2]).toBe('checkout latency = 7.5')
    expect(h24?.[2]).toBe('checkout latency = 2.2')
  })

  it.each<[Chosen, string, string[][]]>([
    [{ service: ['cart'] }, 'SLOs that page', [['0']]],
    [{ service: ['nobody'] }, 'SLOs that page', [[]]],
    [{ service: ['nobody'] }, 'Budgets exhausted', [[]]],
    [{ service: ['cart'] }, 'Burn rate over 6 h', [['cart availability = 1']]],
  ])('with %j chosen: %s', async (chosen, title, expected) =>
    expect(await shown(overview, find(overview, title), chosen)).toEqual(expected),
  )

  it.each<[string, Chosen, string[][]]>([
    ['SLOs that page', {}, [['1']]],
    ['SLOs that page', { slo: ['availability'] }, [['0']]],
    ['Budget left', { slo: ['latency'] }, [['checkout latency = -0.4']]],
    ['Budget left over time', {}, [['checkout availability = 0.59', 'checkout latency = -0.4']]],
    ['Burn rate over 6 h', { slo: ['latency'] }, [['checkout latency = 7.5']]],
    ['Requests by method and route', {}, [['GET /cart = 12.5', 'POST /pay = 3']]],
    ['Success rate', {}, [['checkout = 0.97']]],
    ['Latency', {}, [['checkout = 0.12'], ['checkout = 0.4'], ['checkout = 1.2']]],
    [
      'Burn rate and what alerts',
      {},
      [['checkout availability = 0.4'], ['checkout availability = 0.5'], ['checkout availability = 0.8']],
    ],
  ])('of a service: %s, %j', async (title, chosen, expected) =>
    expect(sorted(await shown(checkout, find(checkout, title), chosen))).toEqual(expected),
  )

  it('offer what is recorded to choose from', async () => {
    const asked = (query: Dashboard['templating']['list'][number]['query'] = '') =>
      typeof query === 'string' ? query : query.query
    const values = async ({ templating }: Dashboard): Promise<string[]> => {
      const [, match, label] = /^label_values\((.+), (\w+)\)$/.exec(asked(templating.list[1]?.query)) ?? []
      const query = new URLSearchParams({ 'match[]': match ?? '', start: String(FROM), end: String(NOW) })
      const answer = await fetch(`${server.url}/api/v1/label/${label}/values?${query}`)
      return ((await answer.json()) as { data: string[] }).data
    }
    expect(await values(overview)).toEqual(['cart', 'checkout', LONG])
    expect(await values(checkout)).toEqual(['availability', 'latency'])
  })
})
