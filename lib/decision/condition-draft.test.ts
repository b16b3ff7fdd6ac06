import { describe, expect, it } from 'vitest'
import { type Condition, conditionSchema } from './condition'
import { conditionInput, linesOf } from './condition-draft'

const PROPOSED: Condition[] = [
  { kind: 'canary', share: 0.055, minutes: 30 },
  { kind: 'rollback', burn: 6 },
  { kind: 'hours', from: '08:00', to: '16:00', timeZone: 'UTC' },
  { kind: 'spend', share: 0.05 },
]

describe('conditions as they are written', () => {
  it('come back as they were proposed', () => {
    const lines = linesOf(PROPOSED).slice(0, PROPOSED.length)
    expect(lines.map((line) => conditionSchema.parse(conditionInput(line)))).toEqual(PROPOSED)
  })

  it('tick a canary and the way back, and leave room for one who watches and for own words', () => {
    expect(linesOf(PROPOSED).map(({ kind, on }) => (on ? `${kind}!` : kind))).toEqual([
      ...['canary!', 'rollback!', 'hours', 'spend', 'watcher', 'other'],
    ])
  })

  it('take a comma for a point, and leave what is no number to the schema', () => {
    expect(conditionInput({ kind: 'spend', on: true, values: { share: '2,5' } })).toEqual({ kind: 'spend', share: 0.025 })
    const bad = conditionSchema.safeParse(conditionInput({ kind: 'spend', on: true, values: { share: 'much' } }))
    expect(bad.error?.issues[0]?.message).toBe('Write the share as a number between 0 and 1.')
  })
})
