import { describe, expect, it } from 'vitest'
import { errorsOf, read } from '../read-fixture'

/** Sloth, Pyrra, slo-generator and slo.dev/v1: what survives, and what is refused. */

const reasons = (text: string) =>
  read(text).faults.map(({ line, column, severity, reason }) => `${line}:${column} ${severity} ${reason}`)

describe('slo-generator', () => {
  const text = (method: string, sli: string, more = '') => `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata: {name: shop-availability, labels: {service_name: shop, feature_name: till, slo_name: availability}}
spec:
  description: Answers.
  backend: prometheus
  method: ${method}
  goal: 0.999
  service_level_indicator: ${sli}
${more}`
  it.each<[string, string, object]>([
    [
      'good_bad_ratio',
      '{filter_good: \'a{x="1"}\', filter_valid: \'b{x="1"}[window]\'}',
      { kind: 'good-total', total: [{ metric: 'b' }] },
    ],
    [
      'good_bad_ratio',
      '{filter_good: \'a{x="1"}\', filter_bad: \'b{x="1"}\'}',
      { kind: 'good-total', total: [{ metric: 'a' }, { metric: 'b' }] },
    ],
    ['query_sli', '{expression: \'sum(rate(a{x="1"}[window])) / sum(rate(b{x="1"}[window]))\'}', { kind: 'good-total' }],
    [
      'query_sli',
      '{expression: \'avg_over_time(a{x="1"}[window])\'}',
      { kind: 'ratio', expression: 'avg_over_time(a{x="1"}[5m])' },
    ],
    [
      'distribution_cut',
      '{expression: \'d_seconds_bucket{x="1"}\', threshold_bucket: 0.25}',
      { kind: 'latency', thresholdSeconds: 0.25 },
    ],
  ])('%s %s', (method, sli, indicator) => {
    expect(errorsOf(text(method, sli))).toEqual([])
    expect(read(text(method, sli)).declared.slos).toMatchObject([
      { service: 'shop', source: 'prometheus', target: 0.999, indicator },
    ])
  })
  it.each([
    ['a method', text('good_bad_rato', '{}'), '7:11 spec.method: “good_bad_rato” is none of'],
    [
      'half a ratio',
      text('good_bad_ratio', '{filter_good: a}'),
      '9:28 spec.service_level_indicator: One of filter_bad, filter_valid is required.',
    ],
    ['a goal in percent', text('query_sli', '{expression: a}').replace('0.999', '99.9'), '8:9 spec.goal: 99.9 is not a goal'],
    ['no bucket', text('distribution_cut', '{expression: \'a{x="1"}\', threshold_bucket: 1}'), 'its metric ends with _bucket'],
    [
      'what the environment says',
      text('query_sli', `{expression: 'avg(a{x="$\{JOB}"})'}`),
      `expression: $\{JOB} comes from an environment that is not known here.`,
    ],
    ['a plain number', text('query_sli', '{expression: \'scalar(avg(a{x="1"}))\'}'), 'The query is one number, not a series'],
    ['a number of no series', text('query_sli', "{expression: 'pi() / 4'}"), 'expression: The query is one number, not a series'],
    [
      'a number of a number',
      text('good_bad_ratio', "{filter_good: '1', filter_valid: '2'}"),
      'filter_valid: The query is one number, not a series',
    ],
    [
      'a second name of a bucket',
      text('distribution_cut', '{expression: \'h_bucket{__name__="h_bucket"}\', threshold_bucket: 1}'),
      'expression: h_bucket is named twice',
    ],
    [
      'what is too long when it is added up',
      text('good_bad_ratio', `{filter_good: 'a{x="${'1'.repeat(2_500)}"}', filter_bad: 'b{x="${'1'.repeat(2_500)}"}'}`),
      'spec.service_level_indicator: The query has 50',
    ],
    ['a range of its own', text('good_bad_ratio', '{filter_good: \'a{x="1"}[5m]\', filter_bad: \'b{x="1"}\'}'), 'it is a range'],
    [
      'its first format',
      'service_name: a\nslo_name: b\nbackend: {class: Prometheus}\n',
      'This is the first format of slo-generator',
    ],
    [
      'a step without a window',
      'error_budget_policies: {default: {steps: [{name: a, burn_rate_threshold: 1}]}}',
      'error_budget_policies.default.steps[0].window: window is required.',
    ],
  ])('refuses %s', (_, written, fault) => expect(errorsOf(written)).toContainEqual(expect.stringContaining(fault)))
  it('adds up what has a comment behind it', () => {
    const sli = '{filter_good: "a{x=\'1\'} # good", filter_bad: "b{x=\'1\'} # bad"}'
    expect(read(text('good_bad_ratio', sli)).declared.slos).toMatchObject([
      { indicator: { kind: 'good-total', total: [{ metric: 'a' }, { metric: 'b' }] } },
    ])
  })
  it('says which operators it leaves out', () => {
    const counted = (operators: string) =>
      reasons(text('good_bad_ratio', `{filter_good: 'a{x="1"}', filter_bad: 'b{x="1"}', operators: ${operators}}`))
    const left = expect.stringContaining('warning max is left out: the portal takes increases')
    expect(counted('[increase, sum]')).not.toContainEqual(left)
    expect(counted('[increase, max]')).toContainEqual(left)
  })
  it('asks for the policy it names where there are policies', () => {
    const sli = '{filter_good: \'a{x="1"}\', filter_valid: \'b{x="1"}\'}'
    const policy = 'error_budget_policies: {slow: {steps: [{name: a, window: 604800, burn_rate_threshold: 1}]}}'
    const named = (name: string) => `${text('good_bad_ratio', sli, `  error_budget_policy: ${name}\n`)}---\n${policy}\n`
    expect(errorsOf(named('slo'), true)).toEqual([
      '10:24 spec.error_budget_policy: There is no error-budget policy “slo” in these files.',
    ])
    expect(read(named('slow')).declared.slos).toMatchObject([{ budgetPolicy: 'slow', window: { days: 7 } }])
  })
  it.each([
    ['backends: {prometheus: {url: "http://x"}}', 1, 0],
    ['error_budget_policies: {slow: {steps: [{name: a, window: 604800, burn_rate_threshold: 1}]}}', 0, 1],
  ])('its configuration may be in parts: %s', (written, sources, policies) => {
    const { declared, faults } = read(written)
    expect(faults).toEqual([])
    expect([declared.sources, declared.budgetPolicies].map(({ length }) => length)).toEqual([sources, policies])
  })
  it('leaves what other backends measure', () => {
    const written = text('good_bad_ratio', '{project_id: x}').replace('backend: prometheus', 'backend: datadog')
    expect(reasons(written)).toContain('6:12 warning The portal asks Prometheus: what the backend datadog measures is left out.')
    expect(read(written).declared.slos).toMatchObject([{ indicator: null }])
  })
})
