import { afterAll, beforeAll, expect, it } from 'vitest'
import { prometheusClient } from '../prometheus/client'
import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import { everyKind } from '../prometheus-rules/every-kind-fixture'
import { renderRules } from '../prometheus-rules/render'
import type { Rule, RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { compareRules, type RulesDrift } from './compare'
import { askLoaded } from './reads-loaded'

// The spelling of a real Prometheus, and what it says of rules that were touched after they were written.

let prometheus: TestPrometheus
beforeAll(async () => {
  prometheus = await testPrometheus('')
})
afterAll(() => prometheus.stop())

const ours = rulesOf(everyKind())

async function driftOf(loaded: RuleGroup[]): Promise<RulesDrift> {
  await prometheus.load(renderRules(loaded, 'prometheus'))
  return asked()
}

async function asked(): Promise<RulesDrift> {
  const answer = await askLoaded(prometheusClient({ url: prometheus.url }), 0)
  if (!answer.ok) throw new Error(answer.message)
  return compareRules(ours, answer.groups, answer.now)
}

/** The loaded groups, with one of them changed. */
const touched = (name: string, change: (group: RuleGroup) => RuleGroup | null): RuleGroup[] =>
  ours.flatMap((group) => (group.name === name ? (change(group) ?? []) : group))
const rules =
  (change: (rule: Rule) => Rule | null) =>
  (group: RuleGroup): RuleGroup => ({ ...group, rules: group.rules.flatMap((rule) => change(rule) ?? []) })
const drifting = ({ subjects }: RulesDrift) => subjects.filter(({ state }) => state !== 'in-step')

it('every rule of every kind is in step once it is loaded', async () => {
  const drift = await driftOf(ours)
  expect(drift.loaded).toBe(ours.length)
  expect(drifting(drift)).toEqual([])
  expect(drift.subjects).toHaveLength(ours.length)
  expect(drift.gone).toEqual([])
})

it('nothing is missing where nothing is loaded', async () => {
  expect(await driftOf([])).toEqual({ loaded: 0, subjects: [], gone: [] })
})

it('says which rule was edited, and how', async () => {
  const edit = rules((rule) =>
    rule.kind === 'alert' && rule.labels.long === '1h'
      ? { ...rule, expr: rule.expr.replaceAll('14.4', '20'), for: 300, keepFiring: 0, labels: { ...rule.labels, team: 'sre' } }
      : rule,
  )
  const [subject, ...others] = drifting(await driftOf(touched('headroom/shop/kind-0', edit)))
  expect(others).toEqual([])
  expect(subject).toMatchObject({ key: 'shop/kind-0', state: 'different' })
  expect(subject?.problems.map((problem) => ('what' in problem ? [problem.rule, problem.what] : problem.kind))).toEqual([
    ['SLOBudgetBurn (page, 1h, 5m)', 'expression'],
    ['SLOBudgetBurn (page, 1h, 5m)', 'labels'],
    ['SLOBudgetBurn (page, 1h, 5m)', 'for'],
    ['SLOBudgetBurn (page, 1h, 5m)', 'keep-firing'],
  ])
  expect(subject?.problems[0]).toMatchObject({
    ours: expect.stringContaining('>= 14.4'),
    theirs: expect.stringContaining('>= 20'),
  })
  expect(subject?.problems[1]).toMatchObject({ ours: 'none', theirs: 'team="sre"' })
  expect(subject?.problems.slice(2)).toMatchObject([
    { ours: '0 s', theirs: '300 s' },
    { ours: '120 s', theirs: '0 s' },
  ])
})

it('says what is missing, what is not loaded at all, and what nobody wants', async () => {
  const without = rules((rule) => (rule.kind === 'record' && rule.record === 'headroom:slo_sli' ? null : rule))
  const loaded = touched('headroom/shop/kind-2', without)
    .filter(({ name }) => name !== 'headroom/shop/kind-1')
    .concat({ ...(ours[1] as RuleGroup), name: 'headroom/shop/forgotten' })
  const drift = await driftOf(loaded)
  expect(drifting(drift).map(({ key, state, problems }) => [key, state, problems])).toEqual([
    ['shop/kind-1', 'not-loaded', [{ kind: 'not-loaded' }]],
    ['shop/kind-2', 'different', [{ kind: 'missing', rule: 'headroom:slo_sli' }]],
  ])
  expect(drift.gone).toMatchObject([{ key: 'shop/forgotten', file: expect.stringMatching(/rules\.yml$/) }])
})

it('knows a group by what it records when somebody renamed it', async () => {
  expect(drifting(await driftOf(touched('headroom/shop/kind-3', (group) => ({ ...group, name: 'latency' }))))).toEqual([])
})

it('says that a rule fails, in the words of Prometheus', async () => {
  const twice = ['a', 'b'].map((value) => `label_replace(vector(1), "slo", "${value}", "", "")`).join(' or ')
  const broken = rules((rule) => (rule.kind === 'record' && rule.record === 'headroom:slo_sli' ? { ...rule, expr: twice } : rule))
  await driftOf(touched('headroom/shop/kind-4', (group) => ({ ...broken(group), interval: 1 })))
  const first = async () => drifting(await asked())[0]
  await expect.poll(async () => (await first())?.state, { timeout: 20_000 }).toBe('unhealthy')
  const subject = await first()
  expect(subject?.problems[0]).toMatchObject({
    ...{ kind: 'failing', rule: 'headroom:slo_sli', more: 0 },
    error: expect.stringContaining('same labelset'),
  })
  expect(subject?.problems).toContainEqual({ kind: 'interval', ours: 60, theirs: 1 })
})
