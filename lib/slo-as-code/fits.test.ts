import { describe, expect, it } from 'vitest'
import { readFiles } from './read-files'

const HTML = 'Write plain text: HTML is not shown.'
const misfitsIn = (content: string) =>
  readFiles([{ name: 'a.yaml', content }], { whole: true })
    .faults.filter(({ reason }) => reason.startsWith('The portal will not take '))
    .map(({ line, column, path, reason }) => `${line}:${column} ${path}: ${reason}`)

const OPENSLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: fast, displayName: Fast }
spec:
  service: shop
  description: <b>Quick</b>
  indicator:
    metadata: { name: answered }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'sum(rate(a_total{job="shop",code="200"}[5m]))' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'sum(rate(a_total{job="shop"}[5m]))' } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: Good, target: 0.99 }]
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop, displayName: Shop }
spec: {}
`
const SEED = `apiVersion: slo.dev/v1
kind: ServiceLevelObjective
metadata: { name: fast }
spec:
  service: shop
  description: <b>Quick</b>
  indicator:
    type: ratio
    counter: { metric: a_total, filters: [job = shop, code = 200] }
    total: { metric: a_total, filters: [job = shop] }
  objectives: [{ displayName: Good, target: 0.99, window: 28d }]
`
const SLOTH = `version: prometheus/v1
service: shop
slos:
  - name: fast
    objective: 99
    description: <b>Quick</b>
    sli: { raw: { error_ratio_query: 'sum(rate(a{b="c"}[{{.window}}]))' } }
    alerting: { name: a }
`
const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: fast, labels: { pyrra.dev/service: shop } }
spec:
  target: "99"
  description: <b>Quick</b>
  window: 4w
  indicator: { ratio: { errors: { metric: 'a_total{code="500"}' }, total: { metric: 'a_total{job="shop"}' } } }
`
const GENERATOR = `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata: { name: fast, labels: { service_name: shop, feature_name: web, slo_name: fast } }
spec:
  description: <b>Quick</b>
  backend: prometheus
  method: good_bad_ratio
  service_level_indicator: { filter_good: 'a_total{code="200"}', filter_valid: 'a_total{job="shop"}' }
  goal: 0.99
`

describe('what the portal will not take stands at its own place', () => {
  it.each([
    ['OpenSLO', OPENSLO, '6:16'],
    ['slo.dev', SEED, '6:16'],
    ['Sloth', SLOTH, '6:18'],
    ['Pyrra', PYRRA, '6:16'],
    ['slo-generator', GENERATOR, '5:16'],
  ])('in files of %s', (_, content, place) =>
    expect(misfitsIn(content)).toEqual([
      expect.stringMatching(`^${place} (spec|slos\\[0\\])\\.description: The portal will not take the description: ${HTML}$`),
    ]),
  )
  it('of a name as well, and of services', () => {
    const named = OPENSLO.replace('<b>Quick</b>', 'Quick').replace('displayName: Fast', 'displayName: <b>Fast</b>')
    expect(misfitsIn(named)).toEqual([`3:38 metadata.displayName: The portal will not take the name: ${HTML}`])
    for (const [written, sentence] of [
      ['M\\nFingerprint 00 | x |\\n### Evil', 'Write the name on one line.'],
      ['M\\u202Eevil', 'Remove U+202E from the name: nobody sees it.'],
    ]) {
      const quick = OPENSLO.replace('<b>Quick</b>', 'Quick')
      const lines = quick.replace('displayName: Fast', `displayName: "${written}"`)
      expect(misfitsIn(lines)).toEqual([`3:38 metadata.displayName: The portal will not take the name: ${sentence}`])
      const shop = quick.replace('displayName: Shop', `displayName: "${written}"`)
      expect(misfitsIn(shop)).toEqual([`20:38 metadata.displayName: The portal will not take the name: ${sentence}`])
    }
    const service = OPENSLO.replace('<b>Quick</b>', 'Quick').replace('spec: {}', 'spec: { description: "<i>Sells</i>" }')
    expect(misfitsIn(service)).toEqual([`21:22 spec.description: The portal will not take the description: ${HTML}`])
    const reserved = 'apiVersion: openslo/v1\nkind: Service\nmetadata: { name: new }\nspec: {}\n'
    expect(misfitsIn(reserved)).toEqual([
      '1:1 : The portal will not take the short name: The portal needs this word itself. Choose another.',
    ])
  })
})
