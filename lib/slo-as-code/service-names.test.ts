import { describe, expect, it } from 'vitest'
import { KEPT } from './openslo/openslo-fixture'
import { portableOf } from './portable'
import { read } from './read-fixture'

/** Services whose names come to one address become one, and that is said. */

const openslo = (name: string, service: string) =>
  KEPT.replace('name: checkout', `name: ${name}`).replace('checkout-api', service)
const service = (name: string) => `apiVersion: openslo/v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {}\n`
const sloth = (name: string, named: string) =>
  `version: prometheus/v1\nservice: ${named}\nslos:\n- name: ${name}\n  objective: 99\n  sli: {raw: {error_ratio_query: 'sum(rate(a{b="c"}[{{.window}}]))'}}\n  alerting: {name: a}\n`
const SPEC = `spec: {target: "99", window: 2w, indicator: {bool_gauge: {metric: 'a{b="c"}'}}}`
const pyrra = (name: string, named: string) =>
  `apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: ${name}, labels: {service: ${named}}}\n${SPEC}\n`
const sloDev = (name: string, named: string) =>
  `apiVersion: slo.dev/v1\nkind: ServiceLevelObjective\nmetadata: {name: ${name}}\nspec: {service: ${named}, indicator: {type: ratio, counter: {metric: c, filters: [d = e]}, total: {metric: c}}, objectives: [{window: 28d, target: 0.9}]}\n`
const generator = (name: string, named: string) =>
  `apiVersion: sre.google.com/v2\nkind: ServiceLevelObjective\nmetadata: {name: ${name}, labels: {service_name: ${named}}}\nspec: {backend: prometheus, method: query_sli, goal: 0.9, service_level_indicator: {expression: 'avg(a{b="c"})'}}\n`

const said = (...texts: string[]) =>
  read(texts.join('---\n')).faults.flatMap(({ severity, path, reason }) =>
    /become one|no Service|no letter/.test(reason) ? [`${severity} ${path}: ${reason}`] : [],
  )
const ONE = 'The services “svc” and “SVC” become one here: svc.'

describe('two services of one address', () => {
  it.each<[string, (name: string, service: string) => string, string]>([
    ['OpenSLO', openslo, 'spec.service'],
    ['Sloth', sloth, 'service'],
    ['Pyrra', pyrra, 'metadata'],
    ['slo.dev', sloDev, 'spec.service'],
    ['slo-generator', generator, 'metadata'],
  ])('are one with a warning: %s', (_, text, path) => {
    expect(said(text('a', 'svc'), text('b', 'SVC'), text('c', 'svc'))).toEqual([`warning ${path}: ${ONE}`])
    expect(said(text('a', 'svc'), text('b', 'svc'), text('c', 'other'))).toEqual([])
  })
  it('are said once where a Service has the name', () =>
    expect(said(openslo('a', 'SVC'), service('svc'))).toEqual([
      'warning spec.service: There is no Service “SVC” in these files.',
    ]))
  it('are said of Services', () =>
    expect(said(service('a-b'), service('a--b'))).toEqual([
      'warning metadata.name: The services “a-b” and “a--b” become one here: a-b.',
    ]))
})

it('a service of several files is written with the labels of all of them', () => {
  const labelled = (name: string, labels: string) => sloth(name, 'svc').replace('slos:', `labels: ${labels}\nslos:`)
  const described = service('svc').replace('spec: {}', 'spec: {description: Sells.}')
  const { declared } = read([labelled('a', '{x: "1", y: "2"}'), labelled('b', '{y: "3", z: "4"}'), described].join('---\n'))
  expect(portableOf(declared).services).toEqual([
    { slug: 'svc', name: 'svc', description: 'Sells.', labels: { x: '1', y: '2', z: '4' }, dependencies: [] },
  ])
})

it('a name that leaves nothing for an address is an error, once', () => {
  const { faults } = read([openslo('a', '"日本"'), openslo('b', '"!!!"')].join('---\n'))
  expect(faults.map(({ severity, path, reason }) => `${severity} ${path}: ${reason}`)).toEqual([
    'error spec.service: The name has no letter or digit that an address could keep.',
    'error spec.service: The name has no letter or digit that an address could keep.',
  ])
})
