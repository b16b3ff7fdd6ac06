import { describe, expect, it } from 'vitest'
import { exactText, inputText, outcomeText, rulesText } from './figures'

describe('inputs of rules', () => {
  it.each([
    [{ name: 'pace', value: 1.699912, than: ['>', 1.5] as ['>', number] }, 'pace 1.699912 > 1.5'],
    [{ name: 'left', value: 0.185883 }, 'left 0.185883'],
    [{ name: 'risk', value: 'medium' }, 'risk = medium'],
    [
      { name: 'matrix[warning][medium]', value: 'defer', than: ['=', 'defer'] as ['=', string] },
      'matrix[warning][medium] = defer',
    ],
    [{ name: 'age of Orders, s', value: null, than: ['>', 600] as ['>', number] }, 'age of Orders, s none > 600'],
  ])('are told as they were compared: %o', (input, text) => expect(inputText(input)).toBe(text))

  it('are not rounded', () => {
    expect(exactText(0.30000000000000004)).toBe('0.30000000000000004')
    expect(exactText(-0.25)).toBe('−0.25')
  })

  it('are counted by what they came to', () => {
    const rule = { rule: 'status', sentence: '', inputs: [] } as const
    const rules = [
      { ...rule, effect: 'asks', decision: 'defer' },
      { ...rule, effect: 'asks', decision: 'defer' },
      { ...rule, effect: 'lifts', decision: 'review' },
      { ...rule, effect: 'passes', decision: null },
    ] as const
    expect(rules.map(outcomeText)).toEqual(['defer', 'defer', 'lifts to review', 'pass'])
    expect(rulesText(rules.map((one) => ({ ...one, inputs: [] })))).toBe('4 rules: 2 ask for defer, 1 lifts to review, 1 passes')
  })
})
