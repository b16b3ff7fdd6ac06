import { describe, expect, it } from 'vitest'
import { errorsOf, read } from '../read-fixture'

describe('slo.dev/v1', () => {
  const TEXT = `apiVersion: slo.dev/v1
kind: ServiceLevelObjective
metadata: {name: till, namespace: production}
spec:
  service: shop
  description: The till answers.
  indicator:
    type: ratio
    counter: {metric: http_total, filters: [status != 5xx, 'method = "GET"']}
    total: {metric: http_total, filters: [method = GET]}
  objectives:
    - {displayName: Month, window: 30d, target: 0.999}
  alerting:
    burnRates:
      - {severity: critical, shortWindow: 1h, longWindow: 5m, burnRate: 14.4}
  annotations: {runbook: https://wiki.example.com/till}
`
  it('is read, with its windows the right way round', () => {
    const { declared, faults } = read(TEXT)
    expect(faults.map(({ line, column, reason }) => `${line}:${column} ${reason}`)).toEqual([
      '15:9 1 h and 5 min are the wrong way round: the longer one is taken as the long window.',
    ])
    expect(declared.slos).toMatchObject([
      {
        slug: 'till',
        service: 'shop',
        target: 0.999,
        window: { days: 30 },
        labels: { namespace: 'production' },
        links: { runbook: 'https://wiki.example.com/till' },
        indicator: {
          kind: 'good-total',
          good: [
            {
              metric: 'http_total',
              matchers: [
                { label: 'status', op: '!~', value: '5..' },
                { label: 'method', op: '=', value: 'GET' },
              ],
            },
          ],
        },
        alerting: { settings: { pairs: [{ long: 3_600, short: 300, severity: 'page', at: { burn: 14.4 } }] } },
      },
    ])
  })
  it('each objective is an SLO', () => {
    const text = TEXT.replace('  alerting:', '    - {window: 7d, target: 0.99}\n  alerting:')
    expect(read(text).declared.slos.map(({ slug, window }) => [slug, window])).toEqual([
      ['till-30d', { kind: 'rolling', days: 30 }],
      ['till-7d', { kind: 'rolling', days: 7 }],
    ])
  })
  it('says which of two namespaces is kept', () => {
    const labelled = (labels: string) => read(TEXT.replace('namespace: production', `namespace: production, labels: ${labels}`))
    const said = 'The label namespace is left out: the namespace of the object is kept, “production”.'
    expect(labelled('{namespace: test}').declared.slos).toMatchObject([{ labels: { namespace: 'production' } }])
    expect(labelled('{namespace: test}').faults.map(({ reason }) => reason)).toContain(said)
    expect(labelled('{namespace: production}').faults.map(({ reason }) => reason)).not.toContain(said)
  })
  it.each([
    ['a regular expression that is none', 'method = GET', `'method =~ "G(ET"'`, 'is no regular expression of Prometheus'],
    [
      'a target in percent',
      'target: 0.999',
      'target: 99.9',
      '12:49 spec.objectives[0].target: 99.9 is not a target between 0 and 1.',
    ],
    ['a filter', 'status != 5xx', 'status is bad', '9:45 spec.indicator.counter.filters[0]: “status is bad” is no filter.'],
    ['a filter that ends its string', 'status != 5xx', `'status != 5" or'`, 'is no filter.'],
    [
      'a metric',
      'metric: http_total, filters: [method',
      'metric: "http total", filters: [method',
      '10:21 spec.indicator.total.metric: “http total” is no name of a metric',
    ],
    ...['bool', 'on', 'Inf', 'nan', 'offset', 'ignoring', 'group_left', 'atan2'].map((word): [string, string, string, string] => [
      `a metric called ${word}`,
      'counter: {metric: http_total',
      `counter: {metric: "${word}"`,
      `spec.indicator.counter.metric: “${word}” is a word of PromQL`,
    ]),
    [
      'a second name',
      'status != 5xx',
      '__name__ =~ http.*',
      'spec.indicator.counter.filters[0]: The metric is named beside its filters',
    ],
    [
      'what is too long for a query',
      'status != 5xx',
      `status = ${'5'.repeat(5_000)}`,
      'spec.indicator.counter: The query has 50',
    ],
    ['a window', '30d', 'monthly', '12:36 spec.objectives[0].window: “monthly” is no duration.'],
    [
      'another kind',
      'kind: ServiceLevelObjective',
      'kind: SLO',
      '2:7 kind: Of slo.dev, slo.dev/v1 ServiceLevelObjective is read.',
    ],
  ])('refuses %s', (_, what, by, fault) =>
    expect(errorsOf(TEXT.replace(what, by))).toContainEqual(expect.stringContaining(fault)),
  )
})
