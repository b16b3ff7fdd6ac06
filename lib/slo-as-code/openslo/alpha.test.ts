import { describe, expect, it } from 'vitest'
import { read } from '../read-fixture'

/** What older versions allow and v1 does not costs no SLO, and none goes without a word. */

const metric = (more = '') => `{source: prometheus, queryType: promql, query: 'sum(rate(x_total{job="a"${more}}[5m]))'}`
const RATIO = `ratioMetrics: {incremental: true, good: ${metric(',code="200"')}, total: ${metric()}}`
const alpha = (
  objectives: string[],
  rest: { method?: string; window?: string; name?: string } = {},
) => `apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: ${rest.name ?? 'ratio'}, displayName: Ratio}
spec:
  service: web
  budgetingMethod: ${rest.method ?? 'Occurrences'}
  timeWindows: [{${rest.window ?? 'count: 1, unit: Week, isRolling: true'}}]
  objectives:
${objectives.map((fields) => `    - {${fields}}\n`).join('')}`
const V2 = (fields: string) => `apiVersion: openslo.com/v2alpha
kind: SLO
metadata: {name: ratio}
spec:
  serviceRef: web
  sli:
    metadata: {name: answered}
    spec:
      ratioMetric:
        good: {dataSourceRef: prom, spec: {query: 'sum(rate(x_total{job="a",code="200"}[5m]))'}}
        total: {dataSourceRef: prom, spec: {query: 'sum(rate(x_total{job="a"}[5m]))'}}
  budgetingMethod: Timeslices
  timeWindow: [{duration: 1w, isRolling: true}]
  objectives: [{${fields}}]
`
const OLDER = /is read as far as/
const told = (text: string) => {
  const { declared, faults } = read(text)
  expect(faults.every(({ severity }) => severity === 'warning')).toBe(true)
  return {
    slos: declared.slos,
    said: faults.filter(({ reason }) => !OLDER.test(reason)).map(({ path, reason }) => `${path}: ${reason}`),
  }
}
const SLICES = 'spec.objectives[0].timeSliceWindow: timeSliceWindow is missing: slices are minutes.'
const NO_OP = 'spec.objectives[0].op: op is forbidden where the indicator is a ratio: there is nothing to compare.'

describe('an SLO of an older version is kept', () => {
  it.each<[string, string, string[]]>([
    ['with the value that v1alpha asks of a ratio', alpha([`value: 1, target: 0.98, ${RATIO}`]), []],
    ['with an operator beside a ratio', alpha([`value: 1, op: gt, target: 0.98, ${RATIO}`]), [NO_OP]],
    [
      'with slices of no length',
      alpha([`value: 1, target: 0.98, timeSliceTarget: 0.95, ${RATIO}`], { method: 'Timeslices' }),
      [SLICES],
    ],
    [
      'with a window in seconds',
      alpha([`target: 0.98, ${RATIO}`], { window: 'count: 604800, unit: Second, isRolling: true' }),
      [],
    ],
    ['with an operator, in v2alpha', V2('op: gt, target: 0.98, timeSliceTarget: 0.95, timeSliceWindow: 1m'), [NO_OP]],
    ['with slices of no length, in v2alpha', V2('target: 0.98, timeSliceTarget: 0.95'), [SLICES]],
  ])('%s', (_, text, warnings) => {
    const { slos, said } = told(text)
    expect(slos).toMatchObject([
      { slug: 'ratio', target: 0.98, window: { kind: 'rolling', days: 7 }, indicator: { kind: 'good-total' } },
    ])
    expect(said).toEqual(warnings)
  })
  it('in whole days, with a word where its seconds are none', () => {
    const { slos, said } = told(alpha([`target: 0.98, ${RATIO}`], { window: 'count: 86401, unit: Second, isRolling: true' }))
    expect(slos).toMatchObject([{ window: { days: 1 } }])
    expect(said).toEqual([expect.stringContaining('become 1 d.')])
  })
  it('for each of its objectives, called as each is', () => {
    const { slos, said } = told(alpha([`displayName: Most, value: 1, target: 0.9, ${RATIO}`, `value: 1, target: 0.99, ${RATIO}`]))
    expect(slos.map(({ slug, name, target }) => [slug, name, target])).toEqual([
      ['ratio-1', 'Ratio: Most', 0.9],
      ['ratio-2', 'Ratio', 0.99],
    ])
    expect(said).toEqual([])
  })
})

describe('an SLO of an older version that cannot be kept is said to be left out', () => {
  it.each<[string, string, string]>([
    ['without a target of slices', alpha([`target: 0.98, ${RATIO}`], { method: 'Timeslices' }), 'ratio'],
    ['with a name that is none', alpha([`target: 0.98, ${RATIO}`], { name: 'My SLO' }), 'My SLO'],
    [
      'with a unit that is none',
      alpha([`target: 0.98, ${RATIO}`], { window: 'count: 3, unit: Fortnight, isRolling: true' }),
      'ratio',
    ],
    ['without a measure', alpha(['target: 0.98']), 'ratio'],
    ['without objectives', alpha([]), 'ratio'],
    ['that promises nothing', alpha([`target: 0, ${RATIO}`]), 'ratio'],
    ['measured by a query that is broken', alpha([`target: 0.98, ${RATIO.replace('[5m]', '[5m')}`]), 'ratio'],
    [
      'measured by another system',
      alpha([`target: 0.98, ${RATIO.replaceAll('source: prometheus', 'source: datadog')}`]),
      'ratio',
    ],
    ['with an unknown field', V2('target: 0.98, timeSliceTarget: 0.9, because: so'), 'ratio'],
    ['with no spec', 'apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: {name: ratio}\n', 'ratio'],
  ])('%s', (_, text, name) => {
    const { slos, said } = told(text)
    expect(slos.filter(({ indicator }) => indicator)).toEqual([])
    expect(said).toContainEqual(expect.stringMatching(`^: The SLO “${name}” is left out`))
  })
  it('by its name, where another objective is kept', () => {
    const { slos, said } = told(alpha([`target: 0.9, ${RATIO}`, 'target: 0.99']))
    expect(slos.map(({ slug }) => slug)).toEqual(['ratio-1'])
    expect(said.filter((text) => text.includes('left out'))).toEqual([
      ': The SLO “ratio-2” is left out, because of what is wrong with it.',
    ])
  })
  it('as a service is', () => {
    const { said } = told('apiVersion: openslo/v1alpha\nkind: Service\nmetadata: {name: a b}\nspec: {}\n')
    expect(said).toContainEqual(expect.stringContaining('The Service “a b” is left out'))
  })
})
