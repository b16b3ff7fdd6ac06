import { describe, expect, it } from 'vitest'
import { readFiles } from '../read-files'
import { errorsOf, places, read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'

describe('references', () => {
  const ref = SLO.replace(SLO.slice(SLO.indexOf('  indicator:'), SLO.indexOf('  timeWindow')), '  indicatorRef: answered\n')
  const sli = `apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: answered}\nspec:\n  thresholdMetric: {metricSource: {type: Prometheus, spec: {query: up}}}\n`

  it('lead over all files, whatever their order', () => {
    const files = [
      { name: 'b.yaml', content: sli },
      { name: 'a.yaml', content: ref.replace('target: 0.999', 'target: 0.999\n      op: gt\n      value: 0') },
    ]
    const [one, other] = [readFiles(files, { whole: true }), readFiles([...files].reverse(), { whole: true })]
    expect(one).toEqual(other)
    expect(one.declared.slos[0]?.indicator).toEqual({ kind: 'ratio', expression: '(up) > bool 0' })
  })
  it('that lead nowhere are errors where the files are all there is, and warnings otherwise', () => {
    const text = `${ref.replace('answered', 'answred')}---\n${sli}`
    const fault = {
      path: 'spec.indicatorRef',
      stage: 'references',
      reason: 'There is no SLI “answred” in these files.',
      suggestion: 'Did you mean answered?',
    }
    expect(read(text, true).faults[0]).toMatchObject({
      ...fault,
      severity: 'error',
      object: 'SLO checkout',
      line: 11,
      column: 17,
    })
    const [first, second] = read(text).faults
    expect(first?.reason).toBe('The SLO “checkout” is left out: nothing of it can be measured.')
    expect(second).toMatchObject({ ...fault, severity: 'warning' })
  })
  it('that resemble nothing are told what there is', () => {
    const others = ['one', 'two', 'three', 'four', 'five'].map((name) => sli.replace('answered', name))
    const text = [ref.replace('answered', 'not-there'), sli, ...others].join('---\n')
    expect(read(text, true).faults[0]).toMatchObject({
      reason: 'There is no SLI “not-there” in these files.',
      suggestion: 'There are: answered, one, two, three, four and 1 more.',
    })
    expect(read(ref, true).faults[0]).not.toHaveProperty('suggestion')
  })
  it('are objects: a bare name is shown as one', () =>
    expect(read(SLO.replace('spec:\n', 'spec:\n  alertPolicies: [nothere]\n')).faults).toMatchObject([
      { reason: 'This is a text, where a map of fields belongs.', suggestion: 'Write - alertPolicyRef: nothere.' },
    ]))
  it('to services are warnings where all there is declares services, and else only where a similar one is meant', () => {
    const service = 'apiVersion: openslo/v1\nkind: Service\nmetadata: {name: checkout-api}\nspec: {}\n'
    const named = (name: string) => `${SLO.replace('service: checkout-api', `service: ${name}`)}---\n${service}`
    const said = (text: string, whole: boolean) =>
      read(text, whole).faults.map(({ severity, path, reason, suggestion }) => [severity, path, reason, suggestion])
    const fault = (name: string, suggestion: string) => [
      ...['warning', 'spec.service', `There is no Service “${name}” in these files.`, suggestion],
    ]
    expect(said(named('nosuch'), true)).toEqual([
      fault('nosuch', 'There are: checkout-api. That is fine where the portal has it.'),
    ])
    expect(said(named('nosuch'), false)).toEqual([])
    expect(said(named('checkout-ap'), false)).toEqual([fault('checkout-ap', 'Did you mean checkout-api?')])
    expect(said(SLO, true)).toEqual([])
  })
  it('two objects of one name are told apart by nobody', () =>
    expect(errorsOf(`${sli}---\n${sli}`)).toEqual(['9:18 metadata.name: There is another SLI “answered”, at a.yaml:1.']))
})

describe('other versions', () => {
  it('v1alpha says what it measures at its objectives', () => {
    const metric = (code: string) => `{source: prometheus, queryType: promql, query: 'sum(rate(x_total{job="a"${code}}[5m]))'}`
    const text = `apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: ratio}
spec:
  service: web
  budgetingMethod: Occurrences
  objectives:
    - {target: 0.98, ratioMetrics: {incremental: true, good: ${metric(',code="200"')}, total: ${metric('')}}}
  timeWindows: [{count: 4, unit: Week, isRolling: true}]
`
    const { declared, faults } = read(text)
    expect(places(faults)).toEqual(['1:13 warning apiVersion'])
    expect(declared.slos).toMatchObject([
      { slug: 'ratio', target: 0.98, window: { days: 28 }, indicator: { kind: 'good-total' } },
    ])
  })
  it('v2alpha only warns, and is declared where nothing is missing', () => {
    const text = SLO.replace('openslo/v1', 'openslo.com/v2alpha')
      .replace('  indicator:', '  sli:')
      .replace('  service:', '  serviceRef:')
      .replace('  displayName: Checkout works\n', '')
      .replace('displayName: Checkout works', 'displayName: checkout')
      .replaceAll(/metricSource:\n +type: Prometheus/g, 'dataSourceSpec: {type: Prometheus}')
      .replaceAll(/spec:\n {14}query/g, 'spec:\n            query')
      .replaceAll('            spec:\n            query', '          spec:\n            query')
    const { declared, faults } = read(text)
    expect(places(faults)).toEqual(['1:13 warning apiVersion'])
    expect(declared.slos).toMatchObject([{ slug: 'checkout', service: 'checkout-api', indicator: { kind: 'good-total' } }])
    const broken = read(text.replace('name: checkout\n', 'name: Check out\n'))
    expect([broken.declared.slos, broken.faults.every(({ severity }) => severity === 'warning')]).toEqual([[], true])
  })
})
