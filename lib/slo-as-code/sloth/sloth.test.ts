import { describe, expect, it } from 'vitest'
import { errorsOf, read } from '../read-fixture'

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
    ['no version', 'version: prometheus/v1\n', '', '1:1 version: The version is missing.'],
    ['an empty version', 'prometheus/v1', '', '1:10 version: The version is missing.'],
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
  it('asks for its version where it says nothing of itself', () =>
    expect(read('service: s\nslos: []\n').faults).toMatchObject([
      { severity: 'error', path: 'version', reason: 'The version is missing.', suggestion: 'Add version: prometheus/v1.' },
    ]))
  it('says once what is wrong with an objective', () => {
    for (const written of ['0', '-1'])
      expect(reasons(but('99.9', written)).filter((said) => said.startsWith('6:16'))).toEqual([
        `6:16 error ${written} is not a percentage: it is above 0 and at most 100.`,
      ])
  })
  it('leaves out a link that is too long to be kept', () => {
    const text = but('https://wiki.example.com/shop', `https://wiki.example.com/${'x'.repeat(2_000)}`)
    expect(reasons(text)).toContain('15:30 warning The link is left out: it has 2025 characters, and at most 2000 are kept.')
    expect(read(text).declared.slos).toMatchObject([{ links: { runbook: null } }])
  })
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
        metricsql: true,
        indicator: {
          kind: 'ratio',
          expression: '1 - ((histogram_share(1, sum by (vmrange) (rate(b[5m])))) / (sum(rate(http_total{job="shop"}[5m]))))',
        },
      },
    ])
  })
  it.each([
    [
      'a second name',
      'http_total{job="shop",code',
      'http_total{__name__="http_total",code',
      'error_query: http_total is named twice',
    ],
    ['a word', 'http_total{job="shop",code', 'atan2{code', 'error_query: “atan2” is a word of PromQL'],
  ])('refuses %s', (_, right, wrong, fault) => expect(errorsOf(but(right, wrong))).toEqual([expect.stringContaining(fault)]))
  it('a number of a number is refused, and kept where it is MetricsQL', () => {
    const text = TEXT.replaceAll('sum(rate(', 'scalar(sum_over_time(')
    expect(errorsOf(text)).toEqual([expect.stringContaining('total_query: The query is one number, not a series')])
    const victoria = text.replace('slos:', 'slo_plugins: {chain: [{id: victoria}]}\nslos:')
    expect(errorsOf(victoria)).toEqual([])
    expect(read(victoria).declared.slos).toMatchObject([{ metricsql: true }])
  })
  it.each([
    ['objective:', 'objectives:', '6:5 slos[0].objectives: There is no field “objectives” here.'],
    ['slos:', 'slo:', '4:1 slo: There is no field “slo” here.'],
    ['events:', 'event:', '10:7 slos[0].sli.event: There is no field “event” here.'],
  ])('says once that %s was written %s', (right, wrong, fault) => expect(errorsOf(but(right, wrong))).toEqual([fault]))
  it('still says what is missing beside another unknown field', () =>
    expect(errorsOf(but('objective: 99.9', 'whatever: 99.9'))).toEqual([
      '5:5 slos[0].objective: objective is required.',
      '6:5 slos[0].whatever: There is no field “whatever” here.',
    ]))
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
