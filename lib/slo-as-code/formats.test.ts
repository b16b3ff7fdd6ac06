import { describe, expect, it } from 'vitest'
import { errorsOf, read } from './read-fixture'

/** Sloth, Pyrra, slo-generator and slo.dev/v1: what survives, and what is refused. */

const reasons = (text: string) =>
  read(text).faults.map(({ line, column, severity, reason }) => `${line}:${column} ${severity} ${reason}`)

describe('Sloth', () => {
  const TEXT = `version: prometheus/v1
service: shop
labels: {owner: me, tier: 2}
slos:
  - name: availability
    objective: 99.9
    description: Answers.
    labels: {tier: "1"}
    sli:
      events:
        error_query: sum(rate(http_total{job="shop",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_total{job="shop"}[{{.window}}]))
    alerting:
      name: ShopDown
      annotations: {runbook: https://wiki.example.com/shop}
      ticket_alert: {disable: true}
`
  const but = (what: string, by: string) => TEXT.replace(what, by)

  it('keeps target, labels, links and the alerts that are on', () => {
    const { declared } = read(TEXT)
    expect(declared.services).toMatchObject([{ slug: 'shop', labels: { owner: 'me', tier: '2' } }])
    expect(declared.slos).toMatchObject([
      {
        slug: 'availability',
        service: 'shop',
        target: 0.999,
        window: { kind: 'rolling', days: 30 },
        labels: { owner: 'me', tier: '1' },
        links: { runbook: 'https://wiki.example.com/shop' },
        alerting: {
          settings: {
            pairs: [
              { long: 3_600, at: { share: 0.02 } },
              { long: 21_600, at: { share: 0.05 } },
            ],
          },
        },
      },
    ])
  })
  it.each([
    ['another version', 'prometheus/v1', 'prometheus/v9', '1:10 version: “prometheus/v9” is no version that is read.'],
    ['a name', 'service: shop', 'service: "shop\\"} or 1"', '2:10 service: “shop"} or 1” is no name'],
    ['an objective', '99.9', '101', '6:16 slos[0].objective: 101 is not a percentage: it is above 0 and at most 100.'],
    ['an objective in quotes', '99.9', '"99.9"', '6:16 slos[0].objective: This is a text, where a number belongs.'],
    [
      'no window in a query',
      '"shop"}[{{.window}}]',
      '"shop"}[5m]',
      '12:22 slos[0].sli.events.total_query: The query does not use {{.window}}',
    ],
    [
      'no PromQL',
      '[{{.window}}]))\n        total',
      '[{{.window}}])))\n        total',
      'error_query: This is not PromQL from “)” on.',
    ],
    ['the same queries', ',code=~"5.."', '', 'error_query: The queries of errors and of all events are the same'],
    [
      'two indicators',
      '      events:',
      '      raw: {error_ratio_query: "up[{{.window}}]"}\n      events:',
      'slos[0].sli: raw and events exclude each other',
    ],
    ['no name of the alert', '      name: ShopDown\n', '', 'slos[0].alerting.name: name is required.'],
    ['a label', 'owner: me', 'own-er: me', '3:18 labels.own-er: “own-er” is no label of Prometheus'],
    [
      'a second SLO of this name',
      'slos:\n',
      'slos:\n  - {name: availability, objective: 9, sli: {plugin: {id: x}}, alerting: {name: x}}\n',
      '6:11 slos[1].name: There is another SLO “availability”',
    ],
  ])('refuses %s', (_, what, by, fault) => expect(errorsOf(but(what, by))).toContainEqual(expect.stringContaining(fault)))
  it('says what a plugin costs', () => {
    const text = but(
      TEXT.slice(TEXT.indexOf('      events'), TEXT.indexOf('    alerting')),
      '      plugin: {id: a/b, options: {x: "1"}}\n',
    )
    expect(read(text).declared.slos).toMatchObject([{ indicator: null }])
    expect(reasons(text)).toContainEqual(
      '10:15 warning What a plugin measures cannot be read: the SLO is left without an indicator.',
    )
  })
  it('reads fields of its other form with a warning, as its own examples have them', () => {
    const text = but('ticket_alert', 'ticketAlert').replace('error_query', 'errorQuery')
    expect(read(text).declared).toEqual(read(TEXT).declared)
    expect(reasons(text)).toContain('11:9 warning This form of Sloth spells errorQuery otherwise.')
    expect(reasons(text)).toContain('16:7 warning This form of Sloth spells ticketAlert otherwise.')
  })
  it('keeps MetricsQL as it is where a plugin says that it is that', () => {
    const text = but(
      'sum(rate(http_total{job="shop",code=~"5.."}[{{.window}}]))',
      'histogram_share(1, sum by (vmrange) (rate(b[{{.window}}])))',
    )
    expect(errorsOf(text)).toEqual([expect.stringContaining('error_query: This is not PromQL')])
    const victoria = text.replace('slos:', 'slo_plugins: {chain: [{id: sloth.dev/contrib/validate_victoria_metrics/v1}]}\nslos:')
    expect(read(victoria).declared.slos).toMatchObject([
      {
        indicator: {
          kind: 'ratio',
          expression: '1 - ((histogram_share(1, sum by (vmrange) (rate(b[5m])))) / (sum(rate(http_total{job="shop"}[5m]))))',
        },
      },
    ])
  })
  it('has a form for Kubernetes, in a List too', () => {
    const spec = TEXT.replace(/version.*\n/, '')
      .replace('tier: 2', 'tier: "2"')
      .replace('error_query', 'errorQuery')
      .replace('total_query', 'totalQuery')
      .replace('ticket_alert', 'ticketAlert')
      .replaceAll(/^/gm, '      ')
    const text = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: sloth.slok.dev/v1\n    kind: PrometheusServiceLevel\n    metadata: {name: x}\n    spec:\n${spec.trimEnd()}\n`
    expect(errorsOf(text)).toEqual([])
    expect(read(text).declared.slos).toMatchObject([{ slug: 'availability', target: 0.999 }])
  })
})

describe('Pyrra', () => {
  const text = (indicator: string, more = '') => `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: x, namespace: shop}
spec:
  target: "99.5"
  window: 2w
  indicator: ${indicator}
${more}`
  const RATIO = '{ratio: {errors: {metric: \'http_total{job="a",code=~"5.."}\'}, total: {metric: \'http_total{job="a"}\'}}}'

  it.each<[string, object]>([
    [RATIO, { kind: 'bad-total', total: [{ metric: 'http_total', matchers: [{ label: 'job', op: '=', value: 'a' }] }] }],
    [
      '{latency: {success: {metric: \'d_seconds_bucket{job="a",le="0.5"}\'}, total: {metric: \'d_seconds_count{job="a"}\'}}}',
      { kind: 'latency', thresholdSeconds: 0.5, histogram: { metric: 'd_seconds' } },
    ],
    [
      '{latency: {success: {metric: \'d_seconds_bucket{job="a",le="0.5",code="200"}\'}, total: {metric: \'d_seconds_count{job="a"}\'}}}',
      { kind: 'good-total' },
    ],
    [
      '{latencyNative: {latency: 250ms, total: {metric: \'d_seconds{job="a"}\'}}}',
      { kind: 'latency', native: true, thresholdSeconds: 0.25, histogram: { metric: 'd_seconds' } },
    ],
    ['{bool_gauge: {metric: \'probe_success{job="a"}\'}}', { kind: 'boolean', series: { metric: 'probe_success' } }],
  ])('%s', (indicator, expected) => {
    const { declared, faults } = read(text(indicator))
    expect(faults).toEqual([])
    expect(declared.slos).toMatchObject([{ service: 'shop', target: 0.995, window: { days: 14 }, indicator: expected }])
  })
  it('alerts at shares of the budget, which hold for every window, or not at all', () => {
    const pairs = [1, 6, 24, 72].map((hours) => ({ long: hours * 3_600 }))
    // 14 × 1 h of 28 d
    expect(read(text(RATIO)).declared.slos[0]?.alerting).toMatchObject({
      settings: { pairs: [{ ...pairs[0], at: { share: 0.0208333 }, for: 120 }, ...pairs.slice(1)] },
    })
    expect(read(text(RATIO, '  alerting: {burnrates: false}\n')).declared.slos[0]?.alerting).toEqual({ kind: 'none' })
  })
  it.each([
    [
      'a number as the target',
      text(RATIO).replace('"99.5"', '99.5'),
      '5:11 spec.target: This is a number, where a text belongs.',
    ],
    ['a window', text(RATIO).replace('2w', '2 weeks'), '6:11 spec.window: “2 weeks” is no duration of Prometheus.'],
    ['a target', text(RATIO).replace('99.5', '199'), '5:11 spec.target: “199” is no percentage between 0 and 100.'],
    [
      'functions',
      text(RATIO).replace('\'http_total{job="a"}\'', "'sum(http_total)'"),
      'spec.indicator.ratio.total.metric: Write one series selector',
    ],
    [
      'successes without a bucket',
      text('{latency: {success: {metric: \'a_bucket{x="1"}\'}, total: {metric: a_count}}}'),
      'The successes are one bucket: they need le',
    ],
    ['no indicator', text('{}'), 'spec.indicator: Exactly one of ratio, latency, latencyNative, bool_gauge is required.'],
  ])('refuses %s', (_, written, fault) => expect(errorsOf(written)).toContainEqual(expect.stringContaining(fault)))
  it('warns of shares where percents belong, and of targets without a budget', () => {
    expect(reasons(text(RATIO).replace('99.5', '0.995'))[0]).toBe('5:11 warning The target is in percent: 0.995 means 0.995 %.')
    expect(reasons(text(RATIO).replace('99.5', '100'))[0]).toContain('5:11 warning A target of 100 % cannot be measured')
  })
})

describe('slo-generator', () => {
  const text = (method: string, sli: string, more = '') => `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata: {name: shop-availability, labels: {service_name: shop, feature_name: till, slo_name: availability}}
spec:
  description: Answers.
  backend: prometheus
  method: ${method}
  goal: 0.999
  service_level_indicator: ${sli}
${more}`
  it.each<[string, string, object]>([
    [
      'good_bad_ratio',
      '{filter_good: \'a{x="1"}\', filter_valid: \'b{x="1"}[window]\'}',
      { kind: 'good-total', total: [{ metric: 'b' }] },
    ],
    [
      'good_bad_ratio',
      '{filter_good: \'a{x="1"}\', filter_bad: \'b{x="1"}\'}',
      { kind: 'good-total', total: [{ metric: 'a' }, { metric: 'b' }] },
    ],
    ['query_sli', '{expression: \'sum(rate(a{x="1"}[window])) / sum(rate(b{x="1"}[window]))\'}', { kind: 'good-total' }],
    [
      'query_sli',
      '{expression: \'avg_over_time(a{x="1"}[window])\'}',
      { kind: 'ratio', expression: 'avg_over_time(a{x="1"}[5m])' },
    ],
    [
      'distribution_cut',
      '{expression: \'d_seconds_bucket{x="1"}\', threshold_bucket: 0.25}',
      { kind: 'latency', thresholdSeconds: 0.25 },
    ],
  ])('%s %s', (method, sli, indicator) => {
    expect(errorsOf(text(method, sli))).toEqual([])
    expect(read(text(method, sli)).declared.slos).toMatchObject([
      { service: 'shop', source: 'prometheus', target: 0.999, indicator },
    ])
  })
  it.each([
    ['a method', text('good_bad_rato', '{}'), '7:11 spec.method: “good_bad_rato” is none of'],
    [
      'half a ratio',
      text('good_bad_ratio', '{filter_good: a}'),
      '9:28 spec.service_level_indicator: One of filter_bad, filter_valid is required.',
    ],
    ['a goal in percent', text('query_sli', '{expression: a}').replace('0.999', '99.9'), '8:9 spec.goal: 99.9 is not a goal'],
    ['no bucket', text('distribution_cut', '{expression: \'a{x="1"}\', threshold_bucket: 1}'), 'its metric ends with _bucket'],
    [
      'its first format',
      'service_name: a\nslo_name: b\nbackend: {class: Prometheus}\n',
      'This is the first format of slo-generator',
    ],
    [
      'a step without a window',
      'error_budget_policies: {default: {steps: [{name: a, burn_rate_threshold: 1}]}}',
      'error_budget_policies.default.steps[0].window: window is required.',
    ],
  ])('refuses %s', (_, written, fault) => expect(errorsOf(written)).toContainEqual(expect.stringContaining(fault)))
  it('asks for the policy it names where there are policies', () => {
    const sli = '{filter_good: \'a{x="1"}\', filter_valid: \'b{x="1"}\'}'
    const policy = 'error_budget_policies: {slow: {steps: [{name: a, window: 604800, burn_rate_threshold: 1}]}}'
    const named = (name: string) => `${text('good_bad_ratio', sli, `  error_budget_policy: ${name}\n`)}---\n${policy}\n`
    expect(errorsOf(named('slo'), true)).toEqual([
      '10:24 spec.error_budget_policy: There is no error-budget policy “slo” in these files.',
    ])
    expect(read(named('slow')).declared.slos).toMatchObject([{ budgetPolicy: 'slow', window: { days: 7 } }])
  })
  it('leaves what other backends measure', () => {
    const written = text('good_bad_ratio', '{project_id: x}').replace('backend: prometheus', 'backend: datadog')
    expect(reasons(written)).toContain('6:12 warning The portal asks Prometheus: what the backend datadog measures is left out.')
    expect(read(written).declared.slos).toMatchObject([{ indicator: null }])
  })
})

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
  it.each([
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
