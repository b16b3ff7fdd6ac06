import { describe, expect, it } from 'vitest'
import { read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'

/** Nothing that was written is lost without a word, and what was not written costs none. */

const but = (what: string, by: string) => {
  expect(SLO).toContain(what)
  return SLO.replace(what, by)
}
const said = (text: string) => read(text).faults.map(({ severity, path, reason }) => `${severity} ${path}: ${reason}`)
const HEAD = '---\napiVersion: openslo/v1\nkind: '
const SLI = SLO.slice(SLO.indexOf('    spec:\n      ratioMetric'), SLO.indexOf('  timeWindow'))
const INDICATOR = SLO.slice(SLO.indexOf('  indicator:'), SLO.indexOf('  timeWindow'))
const named = (more = '', fields = '') =>
  `${SLO.replace(INDICATOR, '  indicatorRef: answered\n')}${fields}${HEAD}SLI\nmetadata: {name: answered${more}}\n${SLI.replaceAll(/^ {4}/gm, '')}`
const sourced = (metadata: string, spec: string) =>
  `${SLO.replaceAll('type: Prometheus', 'metricSourceRef: prom')}${HEAD}DataSource\nmetadata: {name: prom${metadata}}\nspec: {type: Prometheus, ${spec}}\n`
const POLICY = (metadata: string, more: string, condition: string, described: string) => `${HEAD}AlertPolicy
metadata: {name: fast${metadata}}
spec:
  alertWhenBreaching: true${more}
  conditions: [{conditionRef: burning}]
  notificationTargets: [{targetRef: on-call}]
${HEAD}AlertCondition
metadata: {name: burning${condition}}
spec: {severity: page, ${described}condition: {kind: burnrate, op: gte, threshold: 14, lookbackWindow: 1h}}
${HEAD}AlertNotificationTarget
metadata: {name: on-call}
spec: {target: pager}
`
const alerted = (...parts: [string, string, string, string]) =>
  said(`${SLO}  alertPolicies: [{alertPolicyRef: fast}]\n${POLICY(...parts)}`).filter(
    (text) => !text.includes('Notification targets'),
  )

describe('what is not kept', () => {
  it.each<[string, string, string]>([
    [
      'of an indicator',
      but(
        '      name: answered\n',
        '      name: answered\n      displayName: A\n      labels: {a: b}\n      annotations: {a: b}\n',
      ),
      'spec.indicator.metadata.displayName: displayName, labels and annotations of an SLI are not kept: its SLO says what it is.',
    ],
    [
      'of an indicator by itself',
      named(', labels: {a: b}'),
      'metadata.labels: labels of an SLI are not kept: its SLO says what it is.',
    ],
    [
      'of a metric',
      but('            spec:\n              query', '            spec:\n              step: 30\n              query'),
      'spec.indicator.spec.ratioMetric.good.metricSource.spec.step: step is not kept: only the query is asked.',
    ],
    [
      'of slices that are not counted',
      `${SLO}      timeSliceTarget: 0.9\n      timeSliceWindow: 1m\n`,
      'spec.objectives[0].timeSliceWindow: timeSliceWindow is not kept: Occurrences have no slices.',
    ],
    [
      'of a target of slices that is none',
      `${SLO}      timeSliceTarget: 90\n`,
      'spec.objectives[0].timeSliceTarget: timeSliceTarget is not kept: it is above 0 and at most 1.',
    ],
    [
      'of a weight',
      `${SLO}      compositeWeight: 2\n`,
      'spec.objectives[0].compositeWeight: compositeWeight is not kept: this SLO is no composite.',
    ],
    [
      'of a comparison with a ratio that stands elsewhere',
      named('', '      op: gt\n      value: 1\n'),
      'spec.objectives[0].op: op and value are not kept: a ratio has nothing to compare.',
    ],
    [
      'of several values of a label',
      but('team: [shop]', 'team: [shop, payments]'),
      'metadata.labels.team: The values of this label become one text: “shop; payments”.',
    ],
    [
      'of a service',
      `${SLO}${HEAD}Service\nmetadata: {name: checkout-api, annotations: {a: b}}\nspec: {}\n`,
      'metadata.annotations: Annotations are left out: the portal keeps labels.',
    ],
    [
      'of a source',
      sourced(', displayName: Ours', 'description: A., connectionDetails: {url: http://a, tenant: b}'),
      'metadata.displayName: displayName, description and connectionDetails of a DataSource are not kept: the portal keeps its sources itself.',
    ],
  ])('%s is said once, at its place', (_, text, warning) => expect(said(text)).toEqual([`warning ${warning}`]))

  it('of alert policies and their conditions is said once of each', () => {
    expect(
      alerted(', displayName: A, annotations: {a: b}', '\n  alertWhenResolved: true', ', labels: {a: b}', 'description: B., '),
    ).toEqual([
      'warning metadata.displayName: displayName, annotations and alertWhenResolved of an AlertPolicy are not kept: it becomes a pair of windows.',
      'warning metadata.labels: labels and description of an AlertCondition are not kept: it becomes a pair of windows.',
    ])
  })
  it('costs no word where nothing more was written', () => {
    expect(alerted('', '', '', '')).toEqual([])
    expect(said(SLO)).toEqual([])
    expect(said(named())).toEqual([])
    expect(said(sourced(', displayName: Prom', 'connectionDetails: {url: http://a}'))).toEqual([])
    expect(said(but('            spec:\n', '            spec:\n              queryType: promql\n'))).toEqual([])
  })
  it('is no target of slices beside another method: that is kept', () =>
    expect(read(`${SLO}      timeSliceTarget: 0.9\n`)).toMatchObject({
      declared: { slos: [{ method: 'occurrences', sliceTarget: 0.9 }] },
      faults: [],
    }))
})

describe('an object that no SLO uses', () => {
  const unused = (text: string) =>
    read(text, true)
      .faults.filter(({ reason }) => reason.includes('uses this'))
      .map(({ object, reason }) => `${object}: ${reason}`)
  const source = `${HEAD}DataSource\nmetadata: {name: prom, displayName: Ours}\nspec: {type: Prometheus, connectionDetails: {url: http://a}}\n`
  it('is said to be lost, with nothing else of it', () => {
    const text = `${source}${named().slice(named().indexOf(HEAD))}${POLICY('', '', '', '')}`
    expect(unused(text)).toEqual(
      ['DataSource prom', 'SLI answered', 'AlertPolicy fast', 'AlertCondition burning', 'AlertNotificationTarget on-call'].map(
        (object) => `${object}: No SLO in these files uses this ${object.split(' ')[0]}: it is not kept.`,
      ),
    )
    expect(said(source)).toHaveLength(1)
  })
  it('is none where an SLO leads to it, over whatever it names', () => {
    const led = `${SLO.replace(INDICATOR, '  indicatorRef: answered\n')}  alertPolicies: [{alertPolicyRef: fast}]\n`
    const sli = named().slice(named().indexOf(HEAD)).replaceAll('type: Prometheus', 'metricSourceRef: prom')
    expect(unused(`${led}${sli}${source}${POLICY('', '', '', '')}`)).toEqual([])
  })
})

describe('an objective that cannot be measured', () => {
  const part = (type: string, fields: string) =>
    `    - target: 0.99\n${fields}${INDICATOR.replaceAll('type: Prometheus', `type: ${type}`).replaceAll(/^/gm, '    ').trimEnd()}\n`
  const composite = (...parts: string[]) =>
    SLO.replace(INDICATOR, '').replace(/ {2}objectives[\s\S]*/, `  objectives:\n${parts.join('')}`)
  const good = (weight: number) => part('Prometheus', `      compositeWeight: ${weight}\n`)

  it('is left out of its composite with its weight, and said to be', () => {
    const { declared, faults } = read(composite(good(1), part('Datadog', ''), good(3)))
    expect(faults.map(({ path, reason }) => `${path}: ${reason}`)).toContainEqual(
      'spec.objectives[1]: This objective is left out: it cannot be measured.',
    )
    expect(declared.slos.at(-1)?.indicator).toMatchObject({
      members: [
        { slo: 'checkout-1', weight: 1 },
        { slo: 'checkout-3', weight: 3 },
      ],
    })
  })
  it('takes the composite with it where one is left', () => {
    const { declared, faults } = read(composite(good(1), part('Datadog', '')))
    expect(declared.slos.flatMap(({ indicator }) => indicator?.kind ?? [])).toEqual(['good-total'])
    expect(faults.map(({ reason }) => reason)).toContain('The composite is left out: only one of its objectives can be measured.')
  })
  it.each([
    ['a part is compared with what it cannot be', composite(part('Prometheus', '      op: gt\n'), good(1)), 3],
    ['a weight counts for nothing', `${SLO}      compositeWeight: 0\n`, 1],
    ['the length of slices is none and counts for nothing', `${SLO}      timeSliceWindow: 30s\n`, 1],
  ])('is not one of which %s', (_, text, count) => expect(read(text).declared.slos).toHaveLength(count))
  it.each([
    ['of nothing', '0.999', '0'],
    ['over no time', '28d', '0d'],
    ['of what others measure', /type: Prometheus/g, 'type: Datadog'],
  ])('makes an SLO %s one that is left out', (_, what, by) => {
    const { declared, faults } = read(SLO.replaceAll(what, by))
    expect(declared.slos.filter(({ indicator }) => indicator)).toEqual([])
    expect(faults.map(({ reason }) => reason)).toContain('The SLO “checkout” is left out: nothing of it can be measured.')
  })
  it('is said by its error alone where there is one', () => {
    const broken = SLO.replace('code!~"5.."}[5m]', 'code!~"5.."}[5m')
    expect(read(broken).faults.map(({ severity }) => severity)).toEqual(['error'])
  })
})
