import { describe, expect, it } from 'vitest'
import { errorsOf, read } from '../read-fixture'

/** Sloth, Pyrra, slo-generator and slo.dev/v1: what survives, and what is refused. */

const reasons = (text: string) =>
  read(text).faults.map(({ line, column, severity, reason }) => `${line}:${column} ${severity} ${reason}`)

describe('Pyrra', () => {
  const text = (indicator: string, more = '') => `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: x, labels: {service: shop}}
spec:
  target: "99.5"
  window: 2w
  indicator: ${indicator}
${more}`
  /** of every one with this window */
  const LOOKS =
    '6:11 warning Alerts look back over 30 min, 2 h, 6 h, 72 h, where Pyrra would over 30 min, 3 h, 12 h, 48 h: others are not measured.'
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
    const { declared } = read(text(indicator))
    expect(reasons(text(indicator))).toEqual([LOOKS])
    expect(declared.slos).toMatchObject([{ service: 'shop', target: 0.995, window: { days: 14 }, indicator: expected }])
  })
  it.each([
    // slo/rules.go of Pyrra, Windows(): everything but the factors is a share of 28 days.
    [
      '28d',
      [
        [3_600, 14, 120],
        [21_600, 7, 900],
        [86_400, 2, 3_600],
        [259_200, 1, 10_800],
      ],
    ],
    [
      '7d',
      [
        [1_800, 14, 60],
        [7_200, 7, 240],
        [21_600, 2, 900],
        [86_400, 1, 2_700],
      ],
    ],
    [
      '90d',
      [
        [7_200, 14, 360],
        [86_400, 7, 2_880],
        [259_200, 2, 11_580],
      ],
    ],
  ])('alerts for %s at the factors of Pyrra, over the closest of what is measured', (window, expected) => {
    const alerting = read(text(RATIO).replace('2w', window)).declared.slos[0]?.alerting
    const pairs = alerting?.kind === 'policy' ? alerting.settings.pairs : []
    expect(pairs.map((pair) => [pair.long, 'burn' in pair.at && pair.at.burn, pair.for])).toEqual(expected)
  })
  it('does not alert where alerts are off', () => {
    expect(read(text(RATIO, '  alerting: {burnrates: false}\n')).declared.slos[0]?.alerting).toEqual({ kind: 'none' })
  })
  it.each([
    [
      'a number as the target',
      text(RATIO).replace('"99.5"', '99.5'),
      '5:11 spec.target: This is a number, where a text belongs.',
    ],
    [
      'a range',
      text(RATIO.replace('http_total{job="a"}\'', 'http_total{job="a"}[5m]\'')),
      'total.metric: Write one series selector, for example http_requests_total{job="api"}, without functions and ranges.',
    ],
    [
      'a second name',
      text(RATIO.replace('http_total{job="a"}\'', 'http_total{job="a",__name__=~"h.*"}\'')),
      'total.metric: http_total is named twice, which Prometheus refuses: leave __name__ out.',
    ],
    ['a word', text(`{bool_gauge: {metric: 'atan2{job="a"}'}}`), 'metric: “atan2” is a word of PromQL'],
    [
      'a regular expression that is none',
      text(RATIO.replace('5..', 'a(b')),
      'errors.metric: “a(b” is no regular expression of Prometheus (RE2): missing closing ).',
    ],
    ['a window', text(RATIO).replace('2w', '2 weeks'), '6:11 spec.window: “2 weeks” is no duration of Prometheus.'],
    [
      'a target',
      text(RATIO).replace('99.5', '199'),
      '5:11 spec.target: “199” is no percentage: write one above 0 and below 100.',
    ],
    ...['0x10', '0b11', ' 99', '+99', '99.', '.5e2', '1e1', '', '99.9 percent'].map((written) => [
      `a target written “${written}”`,
      text(RATIO).replace('99.5', written),
      written === '' ? '5:11 spec.target: target is required.' : `5:11 spec.target: “${written}” is no percentage`,
    ]),
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
    expect(reasons(text(RATIO).replace('99.5', '100'))[0]).toBe(
      '5:11 warning A target of 100 % cannot be measured: it has to be above 0 and below 100 %.',
    )
  })
  const labelled = (metadata: string) => read(text(RATIO).replace('labels: {service: shop}', metadata))
  it.each<[string, string, string | undefined, string[]]>([
    ['labels: {pyrra.dev/service: cart, app: b, pyrra.dev/team: shop}', 'cart', 'shop', []],
    ['namespace: monitoring, labels: {app.kubernetes.io/name: cart, team: shop}', 'cart', 'shop', []],
    ['labels: {team: a, pyrra.dev/team: b}', 'x', 'b', []],
    [
      'namespace: monitoring',
      'monitoring',
      undefined,
      ['3:32 warning No label names the service: its namespace is taken, “monitoring”.'],
    ],
    ['labels: {a.b/c: d}', 'x', undefined, ['3:37 warning The label a.b/c is kept as a_b_c.']],
  ])('takes service and team from %s', (metadata, slug, team, warnings) => {
    const { declared, faults } = labelled(metadata)
    expect(declared.services).toMatchObject([{ slug, labels: team === undefined ? {} : { team } }])
    expect(faults.map(({ line, column, severity, reason }) => `${line}:${column} ${severity} ${reason}`)).toEqual([
      ...warnings,
      LOOKS,
    ])
  })
})
