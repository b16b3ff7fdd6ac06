import { describe, expect, it } from 'vitest'
import { demoWorld } from '../demo/world'
import { changesBetween, measuresOtherwise } from './definition-diff'
import { type SloDefinitionRecord, sloDefinitionSchema, slugOf } from './definition-input'
import { draftOf, inputsOf, proposedCondition } from './draft'
import { planOf } from './measurement-plan'

const records: [string, SloDefinitionRecord][] = demoWorld(1_800_000_000).flatMap((service) =>
  service.slos.map((slo): [string, SloDefinitionRecord] => [
    `${service.slug} ${slo.slug}`,
    {
      ...{ name: slo.name, slug: slo.slug, description: slo.description, service: service.slug, dataSource: 'prometheus' },
      ...{ indicator: slo.indicator, target: slo.target, window: slo.window, method: slo.method ?? 'occurrences' },
      ...{ sliceTarget: slo.sliceTarget ?? null, noDataPolicy: slo.noDataPolicy ?? 'ignore', coverageFloor: 0.9 },
      ...{ minEvents: slo.minEvents ?? 0, gating: slo.gating ?? false, labels: slo.labels ?? {}, objectiveGroup: null },
    },
  ]),
)

describe('the form of a definition', () => {
  it.each(records)('%s comes back as it was', (_name, record) => {
    const [input] = inputsOf(draftOf(record))
    const again = sloDefinitionSchema.parse(input)
    expect(planOf(again.indicator)).toEqual(planOf(record.indicator))
    expect(again.target).toBe(record.target)
    expect(again.window).toEqual(record.window)
    expect(measuresOtherwise(record, again)).toBe(false)
    expect(changesBetween(record, again)).toEqual([])
  })
  it('makes one definition of every latency threshold', () => {
    const [, latency] = records.find(([, { indicator }]) => indicator.kind === 'latency') as [string, SloDefinitionRecord]
    const objectives = [
      { target: '90', threshold: '0.1' },
      { target: '99', threshold: '1' },
    ]
    const made = inputsOf({ ...draftOf(latency), objectives }).map((input) => sloDefinitionSchema.parse(input))
    expect(made.map(({ target, objectiveGroup }) => [target, objectiveGroup])).toEqual([
      [0.9, latency.slug],
      [0.99, latency.slug],
    ])
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(2)
  })
})

describe('changes in words', () => {
  const [, base] = records[0] as [string, SloDefinitionRecord]
  it.each<[Partial<SloDefinitionRecord>, string[]]>([
    [{ target: 0.99 }, [`Target ${(base.target * 100).toFixed(2)} % → 99.00 %`]],
    [{ window: { kind: 'rolling', days: 7 } }, ['Window 28 d rolling → 7 d rolling']],
    [{ gating: !base.gating }, [base.gating ? 'No longer gates releases' : 'Gates releases now']],
    [{ labels: { a: 'b' }, minEvents: 5 }, ['Least number of events 0 → 5']],
  ])('%j', (change, lines) => {
    const said = changesBetween(base, { ...base, ...change })
    for (const line of lines) expect(said).toContain(line)
  })
})

describe('short names', () => {
  it.each([
    ['Orders placed', 'orders-placed'],
    ['Über 500 ms!', 'uber-500-ms'],
    ['---', ''],
  ])('%s → %s', (name, slug) => expect(slugOf(name)).toBe(slug))
})

describe('the condition of an error class', () => {
  it.each([
    ['client', '{code=~"5.."}', '{code=~"4.."}'],
    ['timeout', '', '{status="504"}'],
    ['server', 'status="504"', '{status=~"5.."}'],
    ['business', '{status=~"5.."}', '{status=~"5.."}'],
    ['client', '{result="failed"}', '{result="failed"}'],
  ] as const)('%s after %s is %s', (errorClass, before, after) => expect(proposedCondition(errorClass, before)).toBe(after))
})
