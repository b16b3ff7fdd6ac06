import { describe, expect, it } from 'vitest'
import { errorsOf, read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'

/** An SLO whose query of all events is no PromQL, with one text replaced. */
const broken = (what = '', by = '') => SLO.replace('{job="checkout"}[5m]))', '{job="checkout"}[5m])').replace(what, by)
const QUERY = /^26:22 spec\.indicator\.spec\.ratioMetric\.total\.metricSource\.spec\.query: The query ends too early/
const SLI = `---
apiVersion: openslo/v1
kind: SLI
metadata: {name: answered}
spec:
  thresholdMetric: {metricSource: {type: Prometheus, spec: {query: sum(rate(}}}
`
const indicator = SLO.slice(SLO.indexOf('  indicator:'), SLO.indexOf('  timeWindow'))

describe('what is wrong with an SLO does not hide what is wrong with its queries', () => {
  it.each([
    ['an unknown field', 'description: Nobody', 'descripton: Nobody', 'There is no field “descripton” here.'],
    ['a wrong type', 'target: 0.999', 'target: "0.999"', 'This is a text, where a number belongs.'],
    ['a rule that is not met', 'Occurrences', 'Ocurrences', '“Ocurrences” is none of'],
    ['a field beside the query', 'counter: true', 'counter: "true"', 'This is a text, where true or false belongs.'],
  ])('%s', (_, what, by, words) => {
    const errors = errorsOf(broken(what, by))
    expect(errors).toHaveLength(2)
    expect(errors).toEqual(expect.arrayContaining([expect.stringMatching(QUERY), expect.stringContaining(words)]))
  })
  it('nor those of an indicator that it names, which are said once', () => {
    const named = SLO.replace(indicator, '  indicatorRef: answered\n').replace('description: Nobody', 'descripton: Nobody')
    const other = named.replace('name: checkout', 'name: other')
    const errors = errorsOf(`${named}---\n${other}${SLI}`)
    expect(errors.filter((one) => one.includes('thresholdMetric'))).toHaveLength(1)
    expect(errors).toHaveLength(3)
  })
})

describe('of an SLO that nothing is declared of', () => {
  it.each([
    ['a query that is fine says nothing', SLO.replace('description: Nobody', 'descripton: Nobody')],
    [
      'what is no PromQL by its type is not read',
      broken().replaceAll('type: Prometheus', 'type: Datadog').replace('description: Nobody', 'descripton: Nobody'),
    ],
    ['nor where a misspelt type says nothing', broken().replaceAll('type: Prometheus', 'tpye: Prometheus')],
  ])('%s', (_, text) => expect(errorsOf(text).filter((one) => one.includes('query'))).toEqual([]))
  it('a query that is only how its annotation is written may be no PromQL', () => {
    const query = 'sum(up) keep_metric_names'
    const raw = `  indicator:\n    metadata: {name: answered}\n    spec: {ratioMetric: {counter: true, rawType: success, raw: {metricSource: {type: Prometheus, spec: {query: ${query}}}}}}\n`
    const text = SLO.replace(indicator, raw).replace('description: Nobody', 'descripton: Nobody')
    const own = `metadata:\n  annotations: {headroom.dev/indicator: '${JSON.stringify({ kind: 'ratio', expression: query })}'}\n`
    expect([text, text.replace('metadata:\n', own)].map((one) => errorsOf(one).length)).toEqual([2, 1])
  })
  it('nothing is declared', () => expect(read(broken('description: Nobody', 'descripton: Nobody')).declared.slos).toEqual([]))
})
