import { describe, expect, it } from 'vitest'
import { everyKind, portable, portableSlo } from '../prometheus-rules/every-kind-fixture'
import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { compareRules, sourceClock } from './compare'
import type { DriftProblem } from './drift'
import { stateOf, worstFirst } from './drift'
import { expectedGroups } from './expected'
import { loadedGroups } from './loaded'
import { rulesAnswer } from './loaded-fixture'
import { problemText } from './words'

const NOW = Date.UTC(2026, 0, 5) / 1000 + 30
const ours = rulesOf(everyKind())
const one = ours.filter(({ name }) => name === 'headroom/shop/kind-0')

type Answer = { groups: Record<string, unknown>[] }
const read = (answer: unknown) => loadedGroups(answer) ?? []
const problemsOf = async (answer: unknown, now = NOW, wanted: RuleGroup[] = one): Promise<DriftProblem[] | undefined> =>
  (await compareRules(wanted, read(answer), now)).subjects[0]?.problems
const withRules = (change: (rule: Record<string, unknown>) => Record<string, unknown>): Answer => {
  const answer = rulesAnswer(one) as Answer
  return { groups: answer.groups.map((group) => ({ ...group, rules: (group.rules as Record<string, unknown>[]).map(change) })) }
}

describe('what a group does', () => {
  it.each<[string, object, number, DriftProblem[]]>([
    ['in step', {}, NOW, []],
    ['half of the interval', { evaluationTime: 30 }, NOW, []],
    ['more than half of it', { evaluationTime: 30.5 }, NOW, [{ kind: 'slow', took: 30.5, interval: 60 }]],
    ['three intervals ago', {}, NOW + 150, []],
    ['longer ago', {}, NOW + 151, [{ kind: 'late', since: NOW - 30, interval: 60 }]],
    ['never yet', { lastEvaluation: '0001-01-01T00:00:00Z' }, NOW + 1000, []],
    ['a source that does not say', { lastEvaluation: undefined, evaluationTime: undefined }, NOW + 1000, []],
    ['another interval', { interval: 30 }, NOW, [{ kind: 'interval', ours: 60, theirs: 30 }]],
  ])('%s', async (_, said, now, expected) => expect(await problemsOf(rulesAnswer(one, said), now)).toEqual(expected))

  it('is judged by the clock of its source', () => {
    const groups = read(rulesAnswer(one))
    expect(sourceClock(groups, NOW + 5)).toBe(NOW + 5)
    // An answer that is older than what it holds has passed a slow clock.
    expect(sourceClock(groups, NOW - 5000)).toBe(NOW - 30)
  })
  it('is loaded twice', async () => {
    const [a, b] = [rulesAnswer(one) as Answer, rulesAnswer(one, { file: '/etc/more.yml' }) as Answer]
    expect(await problemsOf({ groups: [...a.groups, ...b.groups] })).toEqual([
      { kind: 'twice', files: ['/etc/rules.yml', '/etc/more.yml'] },
    ])
  })
  it('evaluates its rules in another order', async () => {
    const answer = rulesAnswer(one) as Answer
    expect(
      await problemsOf({ groups: answer.groups.map((group) => ({ ...group, rules: (group.rules as []).toReversed() })) }),
    ).toEqual([{ kind: 'order' }])
  })
  it('shows both sides from about where they part, in whole words', async () => {
    const long = `sum(${'some_requests_total + '.repeat(9)}x) > 14.4 and ${'other_requests_total + '.repeat(9)}y`
    const wanted = one.map((group) => ({ ...group, rules: group.rules.map((rule) => ({ ...rule, expr: long })) }))
    const answer = rulesAnswer(wanted) as Answer
    const loaded = JSON.parse(JSON.stringify(answer).replaceAll('14.4', '20')) as Answer
    const [problem] = (await problemsOf(loaded, NOW, wanted)) ?? []
    expect(problem).toMatchObject({ kind: 'changed', what: 'expression' })
    for (const [side, number] of [
      ['ours', '14.4'],
      ['theirs', '20'],
    ] as const) {
      const text = String((problem as Record<string, unknown>)[side])
      expect(text).toContain(`> ${number} and other_requests_total`)
      expect(
        text.match(/[\w]+/g)?.filter((word) => !/^(some_requests_total|other_requests_total|x|14|4|20|and)$/.test(word)),
      ).toEqual([])
      expect(text).toMatch(/^….*…$/)
    }
  })
  it('says how many more fail', async () => {
    const failing = withRules((rule) => ({ ...rule, health: 'err', lastError: 'out of order' }))
    expect((await problemsOf(failing))?.[0]).toMatchObject({
      kind: 'failing',
      error: 'out of order',
      more: (one[0]?.rules.length ?? 0) - 1,
    })
  })
  it('says other words: the rules come from files, and the names from the portal', async () => {
    const [slo, ...others] = everyKind().slos
    const [service] = everyKind().services
    const written = (change: object, link: string | null, target: number) =>
      rulesOf({
        services: [{ ...service, ...change }] as ReturnType<typeof everyKind>['services'],
        slos: [
          {
            ...slo,
            ...{ definition: { ...slo?.definition, target }, links: { runbook: link, dashboard: null } },
          } as (typeof others)[number],
        ],
      }).slice(1)
    const portals = written({ name: 'The shop' }, 'https://wiki.example.com/shop', 0.999)
    const said = async (loaded: RuleGroup[]) =>
      (await problemsOf(rulesAnswer(loaded), NOW, portals))?.map((one) => problemText(one)) ?? []
    const [first, ...rest] = await said(written({ name: 'shop' }, null, 0.999))
    expect(first).toBe(
      'Only its names and what its alerts tell people differ, as between rules written from files and those of the portal: with a portal, load what the portal exports.',
    )
    expect(rest).toContain('headroom:slo_info: its labels differ.')
    expect(rest).toContain('SLODataAbsent (ticket): what it tells people differs.')
    // Another target is more than words.
    expect((await said(written({ name: 'shop' }, null, 0.99))).join()).not.toContain('Only its names')
  })
  it('was written by another version', async () => {
    const older = withRules((rule) => (rule.name === 'headroom:slo_sli' ? { ...rule, name: 'headroom:slo:sli' } : rule))
    expect(await problemsOf(older)).toEqual([
      { kind: 'other-writer', names: ['headroom:slo:sli'] },
      { kind: 'missing', rule: 'headroom:slo_sli' },
      { kind: 'extra', rule: 'headroom:slo:sli' },
    ])
  })
})

describe('the group of a service', () => {
  const selector = (metric: string) => ({ metric, matchers: [] })
  const failed = [{ label: 'code', op: '=~' as const, value: '5..' }]
  const orders = portableSlo({ kind: 'availability', requests: selector('orders_total'), failed }, { slug: 'orders' })
  const search = portableSlo({ kind: 'availability', requests: selector('search_total'), failed }, { slug: 'search' })
  const speed = portableSlo({ kind: 'latency', histogram: selector('search_seconds'), thresholdSeconds: 1 }, { slug: 'speed' })
  const whole = rulesOf(portable([orders, speed])).slice(0, 1)
  const said = async (loaded: RuleGroup[]) => (await problemsOf(rulesAnswer(loaded), NOW, whole))?.map((one) => problemText(one))
  const OTHERS =
    'It was written from other SLOs of this service, or before they changed: export the rules of the whole service anew.'

  it.each([
    ['one of them alone', [orders]],
    ['another one alone', [speed]],
    ['one that has gone since', [search, speed]],
  ])('was written from %s', async (_, slos) => {
    const [first, ...rest] = (await said(rulesOf(portable(slos)).slice(0, 1))) ?? []
    expect(first).toBe(OTHERS)
    expect(rest.join()).not.toContain('Another version')
  })
  it('was edited by hand, or written by another version: neither says anything of SLOs', async () => {
    const renamed = (from: string, to: string) => JSON.parse(JSON.stringify(whole).replaceAll(from, to)) as RuleGroup[]
    expect(await said(whole)).toEqual([])
    expect(await said(renamed('0.99,', '0.9,'))).toEqual([
      'headroom:service_latency_seconds:quantile5m (0.99): its expression differs.',
    ])
    expect((await said(renamed('quantile5m', 'quantiles')))?.[0]).toMatch(/^Another version of Headroom wrote the rules/)
  })
})

describe('other programs than Prometheus', () => {
  it('vmalert says times as it likes, and firing for by another name', async () => {
    const answer = withRules(({ keepFiringFor, ...rule }) => ({
      ...rule,
      keep_firing_for: keepFiringFor,
      datasourceType: 'prometheus',
    }))
    expect(await problemsOf({ groups: answer.groups.map((group) => ({ ...group, interval: '60', id: '17' })) })).toEqual([])
  })
  it('rulers that do not say how long alerts keep firing are not accused of it', async () => {
    expect(await problemsOf(withRules(({ keepFiringFor: _, ...rule }) => rule))).toEqual([])
  })
  it('Mimir says null for nothing, and its namespace for the file', async () => {
    const answer = withRules((rule) => ({ ...rule, annotations: rule.annotations ?? null }))
    expect(await problemsOf({ groups: answer.groups.map((group) => ({ ...group, file: 'headroom' })) })).toEqual([])
  })
  it.each([[null], ['no'], [{ groups: [{ name: 1 }] }]])('%j is no list of rules', (answer) =>
    expect(loadedGroups(answer)).toBeNull(),
  )
  it.each([[{}], [{ groups: null }], [{ groups: [{ name: 'x', rules: null }] }]])('%j holds nothing of ours', async (answer) => {
    expect((await compareRules(ours, read(answer), NOW)).loaded).toBe(0)
  })
})

it('the groups of a source are those that all SLOs together would have', () => {
  expect([...expectedGroups(everyKind(), null)]).toEqual(ours)
  expect([...expectedGroups(everyKind(), 'prometheus')]).toEqual(ours)
  expect([...expectedGroups(everyKind(), 'elsewhere')]).toEqual([])
})

it('the worst decides', () => {
  const problems: DriftProblem[] = [
    { kind: 'order' },
    { kind: 'late', since: 0, interval: 60 },
    { kind: 'slow', took: 50, interval: 60 },
  ]
  expect(stateOf(problems)).toBe('late')
  expect(stateOf([])).toBe('in-step')
  expect(worstFirst(problems).map(({ kind }) => kind)).toEqual(['late', 'order', 'slow'])
})
