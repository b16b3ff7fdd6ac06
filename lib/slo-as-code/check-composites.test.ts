import { describe, expect, it } from 'vitest'
import type { CompositeFact, MemberFact } from '../slo/composite-members'
import { type SloDefinitionRecord, sloDefinitionSchema } from '../slo/definition-input'
import { checkComposites } from './check-composites'
import type { Declared } from './declared'
import type { Facts, SloFact } from './facts'
import { itemOf, type Step } from './steps'
import type { WantedSlo } from './wanted'

type Some = { members?: string[]; days?: number; deleted?: boolean; draft?: boolean; late?: string }

const definition = (slug: string, { members, days = 28, late = 'wait' }: Some): SloDefinitionRecord =>
  sloDefinitionSchema.parse({
    ...{ slug, name: slug, service: 'shop', dataSource: 'p', target: 0.99, window: { kind: 'rolling', days } },
    indicator: members
      ? { kind: 'composite', rule: 'product', late, members: members.map((slo) => ({ service: 'shop', slo, weight: 1 })) }
      : { kind: 'availability', requests: 'r{job="a"}', failed: 'code="500"' },
  })
const fact = (slug: string, some: Some): [string, SloFact] => {
  const lifecycle = some.draft ? 'draft' : 'active'
  const one = { key: `shop/${slug}`, deleted: some.deleted ?? false, lifecycle, definition: definition(slug, some) }
  return [one.key, one as SloFact]
}
type Verb = 'create' | 'change' | 'unchanged' | 'refused'
type Case = {
  there?: Record<string, Some>
  /** of other services, or of what files do not name */
  elsewhere?: Record<string, Some>
  files: Record<string, Some & { verb?: Verb }>
  gone?: string[]
  partly?: boolean
}

/** Reasons of faults with the line of their SLO, and the notes of what is deleted. */
function checked({ there = {}, elsewhere = {}, files, gone = [], partly = false }: Case): string[] {
  const slos = new Map(Object.entries(there).map(([slug, some]) => fact(slug, some)))
  const composites = new Map<string, CompositeFact>()
  for (const [slug, some] of Object.entries({ ...there, ...elsewhere })) {
    const { indicator, window } = definition(slug, some)
    if (indicator.kind === 'composite' && !some.deleted) composites.set(`shop/${slug}`, { indicator, window })
  }
  const members = new Map(
    Object.entries(elsewhere).map(([slug, { days = 28, deleted = false, draft }]): [string, MemberFact] => [
      `shop/${slug}`,
      { name: slug, deleted, lifecycle: draft ? 'draft' : 'active', window: { kind: 'rolling', days } },
    ]),
  )
  const wanted = Object.entries(files).map(([slug, some], i): WantedSlo => {
    const slo = { slug, service: 'shop', place: { file: 'a.yaml', line: i + 1, column: 1, path: '' } }
    return { key: `shop/${slug}`, slo, definition: definition(slug, some) } as WantedSlo
  })
  const stepOf = ({ key, definition: is, slo }: WantedSlo): Step => {
    const known = slos.get(key)
    const verb = files[slo.slug]?.verb ?? (known ? 'change' : 'create')
    const changes = verb === 'change' ? ['Changed'] : []
    const does = known ? { does: 'change-slo', fact: known, definition: is, changes } : { does: 'create-slo', definition: is }
    return { item: itemOf('slo', verb, key, {}), does: verb === 'refused' ? [] : [does as Step['does'][number]] }
  }
  const left = gone.map((slug): Step => {
    const key = `shop/${slug}`
    return { item: itemOf('slo', 'delete', key, {}), does: [{ does: 'delete-slo', fact: slos.get(key) as SloFact }] }
  })
  const declared = { slos: wanted.map(({ slo }) => slo) } as Declared
  const facts = { slos, composites, members } as unknown as Facts
  const found = checkComposites({ wanted, declared, steps: { declared: wanted.map(stepOf), left }, partly }, facts)
  return [
    ...found.faults.map(({ line, severity, reason }) => `${line} ${severity}: ${reason}`),
    ...found.left.flatMap(({ item }) => item.notes.map((note) => `${item.key}: ${note}`)),
  ]
}

describe('SLOs made of SLOs, as a plan leaves them', () => {
  const whole = { members: ['a', 'b'] }
  it.each<[string, Case, string[]]>([
    ['are right with members in the files', { files: { a: {}, b: {}, whole } }, []],
    ['are right with members in the portal', { there: { a: {} }, elsewhere: { b: {} }, files: { whole } }, []],
    [
      'cannot be made of themselves',
      { files: { a: {}, whole: { members: ['a', 'whole'] } } },
      ['2 error: It is made of itself.'],
    ],
    [
      'need members that are there',
      { files: { a: {}, whole } },
      ['2 error: It is made of shop/b, and there is no such SLO, here or in the portal.'],
    ],
    ['cannot tell what files with errors would have declared', { files: { a: {}, whole }, partly: true }, []],
    ['leave to a refusal what is refused', { files: { a: {}, b: { verb: 'refused' }, whole } }, []],
    [
      'need members that are not deleted',
      { there: { a: {}, b: { deleted: true } }, files: { whole } },
      ['1 error: It is made of shop/b, which was deleted in the portal.'],
    ],
    ['bring deleted members back', { there: { a: {}, b: { deleted: true } }, files: { b: { verb: 'create' }, whole } }, []],
    [
      'need members that are no drafts',
      { there: { a: {} }, elsewhere: { b: { draft: true } }, files: { whole } },
      ['1 error: It is made of shop/b, which is a draft and not measured.'],
    ],
    ['take drafts that files activate', { there: { a: {}, b: { draft: true } }, files: { b: {}, whole } }, []],
    [
      'close no circle',
      { files: { a: {}, whole: { members: ['a', 'outer'] }, outer: { members: ['a', 'whole'] } } },
      [
        '2 error: It is made of shop/outer, which is itself made of it (shop/outer → shop/whole).',
        '3 error: It is made of shop/whole, which is itself made of it (shop/whole → shop/outer).',
      ],
    ],
    [
      'may turn around',
      {
        there: { a: {}, whole: { members: ['a', 'outer'] }, outer: { members: ['a', 'b'] }, b: {} },
        files: { whole, outer: { members: ['a', 'whole'] } },
      },
      [],
    ],
    [
      'share the window of their members',
      { there: { a: {} }, files: { b: { days: 7 }, whole } },
      ['2 error: Its window is 28 d rolling, and that of shop/b, which it is made of, 7 d rolling.'],
    ],
    [
      'share it although they stay as they are',
      { there: { a: {}, b: {}, whole }, files: { b: { days: 7 }, whole: { ...whole, verb: 'unchanged' } } },
      ['2 error: Its window is 28 d rolling, and that of shop/b, which it is made of, 7 d rolling.'],
    ],
    [
      'share it where other files, or people, keep them',
      { there: { a: {}, b: {} }, elsewhere: { whole }, files: { b: { days: 7 } } },
      ['1 error: The composite shop/whole is made of it and has a window of 28 d rolling, this one 7 d rolling.'],
    ],
    [
      'share it with members that come back',
      { there: { a: {}, b: { deleted: true, days: 7 } }, elsewhere: { whole }, files: { b: { days: 7, verb: 'create' } } },
      ['1 error: The composite shop/whole is made of it and has a window of 28 d rolling, this one 7 d rolling.'],
    ],
    [
      'change it together',
      { there: { a: {}, b: {}, whole }, files: { a: { days: 7 }, b: { days: 7 }, whole: { ...whole, days: 7 } } },
      [],
    ],
    [
      'are let be where they were at odds before and nothing of it changes',
      { there: { a: {}, b: { days: 7 } }, elsewhere: { whole }, files: { b: { days: 7, verb: 'change' } } },
      [],
    ],
    [
      'are warned of where files declare them so',
      { there: { a: {}, b: { days: 7 }, whole }, files: { whole: { ...whole, verb: 'unchanged' } } },
      ['1 warning: Its window is 28 d rolling, and that of shop/b, which it is made of, 7 d rolling.'],
    ],
    [
      'go on without what is deleted, each by its rule',
      {
        there: { a: {}, b: {} },
        elsewhere: { whole, other: { members: ['a', 'b'], late: 'count-as-bad' } },
        files: { a: {} },
        gone: ['b'],
      },
      [
        'shop/b: shop/whole is made of it. There it is late from then on: the minute is not measured.',
        'shop/b: shop/other is made of it. There it is late from then on: it counts as 0 %.',
      ],
    ],
    ['go with what is deleted', { there: { a: {}, b: {}, whole }, files: { a: {} }, gone: ['b', 'whole'] }, []],
    [
      'are not left by what the same files declare them of',
      { there: { a: {}, b: {}, whole }, files: { a: {}, whole: { ...whole, verb: 'unchanged' } }, gone: ['b'] },
      [
        '2 error: It is made of shop/b, which is no longer in the files: this plan deletes it.',
        'shop/b: shop/whole is made of it. There it is late from then on: the minute is not measured.',
      ],
    ],
  ])('%s', (_, given, expected) => expect(checked(given)).toEqual(expected))
})
