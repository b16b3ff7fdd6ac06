import { describe, expect, it } from 'vitest'
import { SLO } from './openslo/openslo-fixture'
import { read } from './read-fixture'

/** What is suggested where a value has another type: written so, it is no error again. */

const OPENSLO = SLO.replace('Occurrences', 'Timeslices').concat('      timeSliceTarget: 0.9\n      timeSliceWindow: 1m\n')
const SLOTH = `version: prometheus/v1
service: shop
slos:
  - name: a
    objective: 99
    sli: {raw: {error_ratio_query: 'sum(rate(a{b="c"}[{{.window}}]))'}}
    alerting: {name: a}
`
const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: a, labels: {service: b}}
spec: {target: "99", window: 2w, indicator: {latencyNative: {latency: 1s, total: {metric: 'a{b="c"}'}}}}
`
const SLO_DEV = `apiVersion: slo.dev/v1
kind: ServiceLevelObjective
metadata: {name: a}
spec:
  service: b
  indicator: {type: ratio, counter: {metric: c, filters: [d = e]}, total: {metric: c}}
  objectives: [{window: 28d, target: 0.9}]
  alerting: {burnRates: [{severity: page, shortWindow: 5m, longWindow: 1h, burnRate: 2}]}
`
const GENERATOR = `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata: {name: a}
spec: {backend: prometheus, method: query_sli, goal: 0.9, service_level_indicator: {expression: 'avg(a{b="c"})'}}
`

const faultsOf = (text: string) => read(text).faults.filter(({ severity }) => severity === 'error')

describe('what is suggested', () => {
  it.each<[string, string, string, string, string]>([
    ['a window', OPENSLO, 'duration: 28d', 'duration: 30', 'duration: 30d'],
    ['a slice', OPENSLO, 'timeSliceWindow: 1m', 'timeSliceWindow: 5', 'timeSliceWindow: 5m'],
    ['a window of Pyrra', PYRRA, 'window: 2w', 'window: 30', 'window: 30d'],
    ['a latency of Pyrra', PYRRA, 'latency: 1s', 'latency: 250', 'latency: 250ms'],
    ['a window of slo.dev', SLO_DEV, 'window: 28d', 'window: 30', 'window: 30d'],
    ['a short window', SLO_DEV, 'shortWindow: 5m', 'shortWindow: 10', 'shortWindow: 10m'],
    ['a long window', SLO_DEV, 'longWindow: 1h', 'longWindow: 6', 'longWindow: 6h'],
    ['a target in percent', OPENSLO, 'target: 0.999', 'target: 99.9%', 'target: 0.999'],
    ['a target in percent and quotes', OPENSLO, 'target: 0.999', 'target: "99.9"', 'target: 0.999'],
    ['a target with a comma', OPENSLO, 'target: 0.999', 'target: 0,999', 'target: 0.999'],
    ['a percentage with its sign', OPENSLO, 'target: 0.999', 'targetPercent: 99.9 %', 'targetPercent: 99.9'],
    ['a target of slices', OPENSLO, 'timeSliceTarget: 0.9', 'timeSliceTarget: 95%', 'timeSliceTarget: 0.95'],
    ['an objective of Sloth', SLOTH, 'objective: 99', 'objective: 99.9%', 'objective: 99.9'],
    ['a target of Pyrra', PYRRA, 'target: "99"', 'target: 99.9%', 'target: "99.9"'],
    ['a target of slo.dev', SLO_DEV, 'target: 0.9', 'target: 99.9%', 'target: 0.999'],
    ['a goal', GENERATOR, 'goal: 0.9', 'goal: 99.9%', 'goal: 0.999'],
  ])('for %s', (_, text, right, wrong, better) => {
    expect(text).toContain(right)
    expect(faultsOf(text.replace(right, wrong)).map(({ suggestion }) => suggestion)).toEqual([
      `Write ${better.slice(better.indexOf(': ') + 2)}.`,
    ])
    expect(faultsOf(text.replace(right, better))).toEqual([])
  })
  it.each(['0', '1.5', '-3'])('for a length of %s names the unit', (written) =>
    expect(faultsOf(OPENSLO.replace('28d', written))).toMatchObject([
      {
        reason: 'This is a number, where a length with its unit belongs.',
        suggestion: 'Write a whole number and its unit, as in 5d.',
      },
    ]),
  )
  it('for a share where percents belong is what was meant', () => {
    const said = (text: string) =>
      read(text).faults.flatMap(({ reason, suggestion }) => (/in percent/.test(reason) ? [`${reason} ${suggestion}`] : []))
    expect(said(OPENSLO.replace('target: 0.999', 'targetPercent: 0.999'))).toEqual([
      'The target is in percent: 0.999 means 0.999 %. Did you mean 99.9?',
    ])
    expect(said(SLOTH.replace('99', '0.995'))).toEqual(['The objective is in percent: 0.995 means 0.995 %. Did you mean 99.5?'])
    expect(said(PYRRA.replace('99', '0.5'))).toEqual(['The target is in percent: 0.5 means 0.5 %. Did you mean 50?'])
    for (const written of ['0', '-1', '1', '101']) expect(said(SLOTH.replace('99', written))).toEqual([])
  })
})
