import { describe, expect, it } from 'vitest'
import { countsOfItems, type Plan } from './plan'
import { countsText, effectText, planMarkdown, planText } from './plan-words'

describe('a plan in words', () => {
  it.each([
    [{ before: 0.6219, after: 0.2431, why: null }, '62.1 % left → 24.3 %'],
    [{ before: 0.7, after: 0.70001, why: null }, '70.0 % left, as before'],
    [{ before: null, after: 0.88, why: null, over: 'its last 7 d' }, '88.0 % left, measured over its last 7 d'],
    [{ before: 0.5, after: 0.4, why: null, over: 'its last 28 d' }, '50.0 % left → 40.0 %, measured over its last 28 d'],
    [{ before: 0.5, after: null, why: 'It is no longer measured.' }, '50.0 % left → not known: it is no longer measured'],
    [{ before: null, after: null, why: null }, 'not known: nothing is measured yet'],
    [null, null],
  ])('%j is %s', (effect, words) => expect(effectText(effect)).toBe(words))

  const item = (name: string): Plan => {
    const one = {
      kind: 'slo' as const,
      verb: 'create' as const,
      key: name,
      name,
      sloId: null,
      place: { file: 'a.yaml', line: 3 },
    }
    const items = [{ ...one, changes: ['Created'], reason: null, notes: [], effect: null }]
    return { owner: 'git', ok: true, counts: countsOfItems(items), faults: [], items, notes: [], fingerprint: 'f00' }
  }

  it('counts, in the order that matters', () => {
    expect(planText(item('shop/a'))).toBe('Plan for git: 1 SLO to create.\n+ SLO shop/a  a.yaml:3\n    Created\nFingerprint f00')
    expect(planText(item('shop/a'), undefined, true).split('\n')[0]).toBe('Applied git: 1 SLO created.')
    expect(countsText({ items: [] })).toBe('nothing is declared')
    const [one] = item('shop/a').items as [Plan['items'][0]]
    const of = (kind: typeof one.kind, verb: typeof one.verb, count: number) =>
      Array.from({ length: count }, () => ({ ...one, kind, verb }))
    const items = [
      ...[...of('service', 'unchanged', 3), ...of('slo', 'create', 4), ...of('alert-policy', 'create', 3)],
      ...[...of('slo', 'delete', 1), ...of('budget-policy', 'change', 2), ...of('service', 'refused', 1)],
    ]
    expect(countsText({ items })).toBe(
      '4 SLOs, 3 alert settings to create; 2 error-budget policies to change; 1 SLO to delete; 1 service refused; 3 services unchanged',
    )
    expect(countsText({ items: of('slo', 'create', 2) }, true)).toBe('2 SLOs created')
  })

  const STAYS = 'It is there already and not of this set: name, description and labels stay as they are.'
  const staying = (keys: string[]): Plan => {
    const [made] = item('shop/a').items as [Plan['items'][0]]
    const stay = keys.map((key) => ({
      ...made,
      kind: 'service' as const,
      verb: 'unchanged' as const,
      key,
      changes: [],
      notes: [STAYS],
    }))
    return { ...item('shop/a'), items: [made, ...stay, { ...made, verb: 'unchanged', key: 'shop/b' }] }
  }

  it.each([
    [['shop'], 'Service shop'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'Service a, b, c, d, e and 2 more'],
  ])('what stays as it is says why, in one line for %j', (keys, words) => {
    expect(planText(staying(keys)).split('\n').slice(3)).toEqual([`= ${words}: ${STAYS}`, 'Fingerprint f00'])
    expect(planMarkdown(staying(keys))).toContain(`\n\n- ${words}: ${STAYS}\n\n`)
  })

  it('of many different notes the first are said', () => {
    const plan = staying(Array.from({ length: 23 }, (_, i) => `s${i}`))
    const different = plan.items.map((one) => (one.notes.length > 0 ? { ...one, notes: [`Note of ${one.key}.`] } : one))
    const lines = planText({ ...plan, items: different })
      .split('\n')
      .filter((line) => line.startsWith('= '))
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      21,
      '= Service s0: Note of s0.',
      '= And 3 more that stay as they are.',
    ])
  })

  it('what is new has its name, where its key does not say the same, and where it stands', () => {
    const [made] = item('checkout/latency').items as [Plan['items'][0]]
    const firstOf = (one: Partial<typeof made>) => {
      const plan = { ...item('checkout/latency'), items: [{ ...made, ...one }] }
      const [, line = ''] = planText(plan).split('\n')
      return [
        line,
        planMarkdown(plan)
          .split('\n')
          .find((row) => /^\| (create|change|delete) \|/.test(row)),
      ]
    }
    const place = { file: 'slos/check_out.yaml', line: 30 }
    expect(firstOf({ name: 'Checkout is *fast*', place })).toEqual([
      '+ SLO checkout/latency “Checkout is *fast*”  slos/check_out.yaml:30',
      '| create | SLO checkout/latency “Checkout is \\*fast\\*” | slos/check\\_out.yaml:30 | Created |  |',
    ])
    expect(firstOf({ name: 'latency' })[0]).toBe('+ SLO checkout/latency  a.yaml:3')
    expect(firstOf({ name: 'Alerts of latency', kind: 'alert-policy' })[0]).toBe('+ Alerts of checkout/latency  a.yaml:3')
    expect(firstOf({ name: 'Checkout is fast', verb: 'change' })[0]).toBe('~ SLO checkout/latency  a.yaml:3')
    expect(firstOf({ verb: 'delete', place: null })).toEqual([
      '- SLO checkout/latency',
      '| delete | SLO checkout/latency |  | Created |  |',
    ])
    const long = firstOf({ place: { file: `${'folder/'.repeat(60)}slos.yaml`, line: 7 } })[1]
    expect(long).toMatch(/^\| create \| SLO checkout\/latency \| …[\w/]{87}\/slos\.yaml:7 \| Created/)
  })

  it('what people wrote forges no lines', () => {
    const evil = 'M\nFingerprint 00 | x |\r\n### Evil\u2028\u001b[2J'
    const [made] = item('shop/a').items as [Plan['items'][0]]
    const fault = { file: evil, line: 1, column: 1, path: '', severity: 'warning' as const, stage: 'validate' as const }
    const plan: Plan = {
      ...item('shop/a'),
      owner: evil,
      items: [
        { ...made, name: evil, place: { file: evil, line: 1 }, changes: [evil], notes: [evil] },
        { ...made, verb: 'refused', reason: evil, changes: [] },
        { ...made, verb: 'unchanged', notes: [evil] },
      ],
      notes: [evil],
      faults: [{ ...fault, reason: evil, suggestion: evil }],
    }
    const text = planText(plan)
    expect(text.split(/[\n\r\u2028]/)).toHaveLength(11)
    expect(text.match(/^Fingerprint .*$/gm)).toEqual(['Fingerprint f00'])
    expect(text).not.toContain('\u001b')
    expect(text).toContain('+ SLO shop/a “M Fingerprint 00 | x | ### Evil \ufffd[2J”')
    expect(planMarkdown(plan).match(/^### .*$/gm)).toHaveLength(1)
  })

  it('names make no markup, mention nobody, and break no table', () => {
    const text = planMarkdown(item('<img src=x> | @everyone [x](y)\n`z`'))
    const [row] = text.split('\n').filter((line) => line.startsWith('| create'))
    expect(row).toBe('| create | SLO \\<img src=x\\> \\| @\u200beveryone \\[x\\](y) \\`z\\` | a.yaml:3 | Created |  |')
  })
})
