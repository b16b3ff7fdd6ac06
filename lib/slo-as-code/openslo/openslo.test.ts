import { describe, expect, it } from 'vitest'
import { UNSAID } from '../declared'
import { errorsOf, read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'

/** The SLO with one text replaced, everywhere it stands. */
const but = (what: string, by: string) => SLO.replaceAll(what, by)
const warnings = (text: string) => read(text).faults.map(({ line, column, reason }) => `${line}:${column} ${reason}`)

describe('an SLO', () => {
  it('is declared in our own terms', () => {
    const { declared, faults } = read(SLO)
    expect(faults).toEqual([])
    const selector = (...more: object[]) => ({
      metric: 'http_requests_total',
      matchers: [{ label: 'job', op: '=', value: 'checkout' }, ...more],
    })
    expect(declared.slos).toEqual([
      {
        format: 'openslo',
        place: { file: 'a.yaml', line: 1, column: 1, path: '' },
        at: {
          name: { file: 'a.yaml', line: 5, column: 16, path: 'metadata.displayName' },
          description: { file: 'a.yaml', line: 9, column: 16, path: 'spec.description' },
          service: { file: 'a.yaml', line: 10, column: 12, path: 'spec.service' },
        },
        slug: 'checkout',
        name: 'Checkout works',
        description: 'Nobody is turned away at the till.',
        service: 'checkout-api',
        source: null,
        indicator: { kind: 'good-total', good: [selector({ label: 'code', op: '!~', value: '5..' })], total: [selector()] },
        method: 'occurrences',
        sliceTarget: null,
        target: 0.999,
        window: { kind: 'rolling', days: 28 },
        grouping: [],
        labels: { team: 'shop' },
        links: { runbook: null, dashboard: null },
        alerting: { kind: 'default' },
        budgetPolicy: null,
        ...UNSAID,
      },
    ])
  })

  it.each<[string, string, string]>([
    ['isRolling: true', 'isRolling: "true"', 'timeWindow[0].isRolling: This is a text, where true or false belongs.'],
    ['isRolling: true', 'isRoling: true', 'timeWindow[0].isRoling: There is no field “isRoling” here.'],
    ['  service: ', '  servce: ', 'servce: There is no field “servce” here.'],
    ['  indicator:', '  indicater:', 'indicater: There is no field “indicater” here.'],
    ['  timeWindow:', '  timeWindows:', 'timeWindows: There is no field “timeWindows” here.'],
  ])('says once what is wrong with %s written as %s', (right, wrong, fault) =>
    expect(errorsOf(but(right, wrong))).toEqual([expect.stringContaining(`spec.${fault}`)]),
  )

  it.each<[string, string, string, string]>([
    ['an unknown field', '  service: ', '  servce: ', '10:3 spec.servce: There is no field “servce” here.'],
    ['a missing service', '  service: checkout-api\n', '', '8:1 spec.service: service is required.'],
    ['a name', 'name: checkout\n', 'name: Check_out\n', '4:9 metadata.name: “Check_out” is no DNS label'],
    [
      'a long name to show',
      'Checkout works',
      'x'.repeat(64),
      '5:16 metadata.displayName: Use at most 63 characters; these are 64.',
    ],
    ['a label', '    team: [shop', '    -team: [shop', '7:12 metadata.labels["-team"]: “-team” is no key of a label'],
    [
      'a label of numbers',
      '[shop]',
      '5',
      '7:11 metadata.labels.team: This is a number, where a text or a list of texts belongs.',
    ],
    [
      'a method',
      'Occurrences',
      'Ocurrences',
      '30:20 spec.budgetingMethod: “Ocurrences” is none of Occurrences, Timeslices, RatioTimeslices.',
    ],
    [
      'no window',
      '  timeWindow:\n    - duration: 28d\n      isRolling: true\n',
      '',
      '8:1 spec.timeWindow: Exactly one time window is required; there are 0.',
    ],
    [
      'two windows',
      '    - duration: 28d\n',
      '    - {duration: 7d, isRolling: true}\n    - duration: 28d\n',
      '28:5 spec.timeWindow: Exactly one time window is required; there are 2.',
    ],
    ['a unit', '28d', '28days', '28:17 spec.timeWindow[0].duration: “28days” is no duration'],
    ['no calendar', '      isRolling: true\n', '', '28:7 spec.timeWindow[0]: A window that is not rolling needs a calendar.'],
    [
      'a rolling calendar',
      'isRolling: true',
      'isRolling: true\n      calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}',
      '30:17 spec.timeWindow[0].calendar: A rolling window has no calendar.',
    ],
    [
      'a zone',
      'isRolling: true',
      'calendar: {startTime: 2026-01-01 00:00:00, timeZone: Mars}',
      '29:60 spec.timeWindow[0].calendar.timeZone: “Mars” is no IANA time zone.',
    ],
    [
      'a start',
      'isRolling: true',
      'calendar: {startTime: 2026-02-30 00:00:00, timeZone: UTC}',
      '29:29 spec.timeWindow[0].calendar.startTime: “2026-02-30 00:00:00” is no start',
    ],
    ['a target of 100 %', '0.999', '1', '33:15 spec.objectives[0].target: 1 is not a target: it is at least 0 and below 1.'],
    ['a target in quotes', '0.999', '"0.999"', '33:15 spec.objectives[0].target: This is a text, where a number belongs.'],
    [
      'two targets',
      'target: 0.999',
      'target: 0.999\n      targetPercent: 99.9',
      '32:7 spec.objectives[0]: target and targetPercent exclude each other',
    ],
    ['no target', '\n      target: 0.999', '', '32:7 spec.objectives[0]: Exactly one of target, targetPercent is required.'],
    [
      'a comparison',
      'target: 0.999',
      'target: 0.999\n      value: 5',
      '34:14 spec.objectives[0].value: value is forbidden where the indicator is a ratio',
    ],
    [
      'slices without a target',
      'Occurrences',
      'Timeslices',
      '32:7 spec.objectives[0].timeSliceTarget: timeSliceTarget is required.',
    ],
    [
      'slices as a number',
      'target: 0.999',
      'target: 0.999\n      timeSliceWindow: 5',
      '34:24 spec.objectives[0].timeSliceWindow: This is a number, where a length with its unit belongs.',
    ],
    [
      'both indicators',
      '  indicator:\n',
      '  indicatorRef: other\n  indicator:\n',
      '9:3 spec: indicator and indicatorRef exclude each other',
    ],
    [
      'raw and good',
      '        counter: true\n',
      '        counter: true\n        raw: {metricSource: {spec: {query: x}}}\n',
      '16:9 spec.indicator.spec.ratioMetric: total and raw exclude each other',
    ],
    [
      'an empty metric',
      'spec:\n              query: sum(rate(http_requests_total{job="checkout"}[5m]))',
      'spec: {}',
      '25:19 spec.indicator.spec.ratioMetric.total.metricSource.spec: This is required and says',
    ],
    [
      'no PromQL',
      'sum(rate(http_requests_total{job="checkout"}[5m]))',
      'sum(rate(x{a="b"}[5m]))) or vector(1',
      '26:22 spec.indicator.spec.ratioMetric.total.metricSource.spec.query: This is not PromQL from “) or vector(1” on.',
    ],
  ])('refuses %s', (_, what, by, fault) => expect(errorsOf(but(what, by))).toContainEqual(expect.stringContaining(fault)))
  it('refuses a number of a number', () =>
    expect(errorsOf(SLO.replaceAll(/query: sum.*/g, 'query: pi()'))).toEqual([
      expect.stringContaining('ratioMetric.total.metricSource.spec.query: The query is one number, not a series'),
    ]))

  it('asks of a threshold what a ratio must not have', () => {
    const ratio = SLO.slice(SLO.indexOf('      ratioMetric'), SLO.indexOf('  timeWindow'))
    const threshold = SLO.replace(
      ratio,
      '      thresholdMetric: {metricSource: {type: Prometheus, spec: {query: \'max(lag{topic="orders"})\'}}}\n',
    )
    expect(errorsOf(threshold)).toEqual([
      '21:7 spec.objectives[0].op: op is required.',
      '21:7 spec.objectives[0].value: value is required.',
    ])
    const compared = threshold.replace('target: 0.999', 'target: 0.999\n      op: lte\n      value: 100')
    expect(read(compared).declared.slos[0]?.indicator).toEqual({
      kind: 'ratio',
      expression: '(max(lag{topic="orders"})) <= bool 100',
    })
  })

  it.each<[string, string, string, string]>([
    ['no objectives', SLO.slice(SLO.indexOf('  objectives')), '', 'Without objectives nothing is promised'],
    ['a target of 0', '0.999', '0', 'A target of 0 passes the format'],
    ['a length of 0', '28d', '0d', 'A length of 0 passes the format'],
    [
      'slices longer than the window',
      'target: 0.999',
      'target: 0.999\n      timeSliceWindow: 30d',
      'The slice is longer than the time window.',
    ],
    ['months that roll', '28d', '1M', '1M rolling are counted as 30 days.'],
    ['hours', '28d', '12h', '12 h become 1 d.'],
    ['annotations', '  labels:\n', '  annotations: {a: b}\n  labels:\n', 'Annotations are left out'],
    ['markup', 'Nobody is', '<b>Nobody</b> is', 'The portal will not take the description: Write plain text: HTML is not shown.'],
    ['another kind of source', 'type: Prometheus', 'type: Datadog', 'what is measured with Datadog is left out'],
  ])('warns of %s', (_, what, by, words) => {
    expect(errorsOf(but(what, by))).toEqual([])
    expect(warnings(but(what, by))).toContainEqual(expect.stringContaining(words))
  })

  it('proposes what was probably meant', () => {
    const suggestions = [
      but('  service: ', '  servce: '),
      but('Occurrences', 'occurrences'),
      but('0.999', '99.9'),
      but('28d', '28days'),
    ]
    expect(suggestions.map((text) => read(text).faults.find(({ suggestion }) => suggestion)?.suggestion)).toEqual([
      'Did you mean service?',
      'Did you mean Occurrences?',
      'Did you mean 0.999, or targetPercent?',
      'Write 28d.',
    ])
  })

  it('becomes calendars, slices, members and pairs of windows where it says so', () => {
    const calendar = but(
      '28d\n      isRolling: true',
      '1M\n      calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin}',
    )
    expect(read(calendar).declared.slos[0]?.window).toEqual({ kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' })
    const sliced = but('Occurrences', 'Timeslices').replace(
      'target: 0.999',
      'targetPercent: 99.9\n      timeSliceTarget: 0.95\n      timeSliceWindow: 1m',
    )
    expect(read(sliced).declared.slos[0]).toMatchObject({ method: 'time_slices', target: 0.999, sliceTarget: 0.95 })
    const alerting = `${SLO}  alertPolicies:
    - kind: AlertPolicy
      metadata: {name: burning}
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: {name: fast}
            spec: {severity: page, condition: {kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}}
        notificationTargets: [{targetRef: on-call}]
`
    expect(read(alerting).declared.slos[0]?.alerting).toMatchObject({
      settings: { pairs: [{ long: 3_600, severity: 'page', at: { burn: 14.4 }, for: 300 }] },
    })
  })

  it('over objectives with indicators of their own is a composite', () => {
    const indicator = SLO.slice(SLO.indexOf('  indicator:'), SLO.indexOf('  timeWindow'))
    const part = (weight: number) =>
      `    - target: 0.99${weight}\n      compositeWeight: ${weight}\n${indicator.replaceAll(/^/gm, '    ').trimEnd()}\n`
    const text = `${SLO.replace(indicator, '').replace(/ {2}objectives[\s\S]*/, '')}  objectives:\n${part(1)}${part(3)}`
    const { declared, faults } = read(text)
    expect(faults.map(({ reason }) => reason)).toEqual([
      'The composite is counted as weighted-mean of its 2 objectives; its target is their weighted mean.',
    ])
    // (0.991 + 3 × 0.993) ÷ 4
    expect(declared.slos.map(({ slug, target }) => [slug, target])).toEqual([
      ['checkout-1', 0.991],
      ['checkout-2', 0.993],
      ['checkout', 0.9925],
    ])
    expect(declared.slos[2]?.indicator).toMatchObject({
      kind: 'composite',
      members: [
        { slo: 'checkout-1', weight: 1 },
        { slo: 'checkout-2', weight: 3 },
      ],
    })
  })
})
