import { describe, expect, it } from 'vitest'
import { Faults, nearest, shown } from './fault'

describe('the word that was meant', () => {
  const known = ['objectives', 'service', 'op', 'target', 'targetPercent']
  it.each([
    ['objectivs', 'objectives'],
    ['serivce', 'service'],
    ['Target', 'target'],
    ['targetpercent', 'targetPercent'],
    ['ob', 'op'],
  ])('%s is %s', (written, meant) => expect(nearest(written, known)).toBe(meant))
  it.each(['completely', '', 'x', 'y'.repeat(5_000)])('%s is none', (written) => expect(nearest(written, known)).toBeUndefined())
})

describe('faults of one file', () => {
  const fault = { file: 'a', column: 1, path: '', severity: 'error' as const, stage: 'text' as const, reason: 'No.' }
  it('are said once, and end some time', () => {
    const faults = new Faults('a')
    for (let line = 1; line <= 1_000; line++) for (const _ of [1, 2]) faults.add({ ...fault, line })
    expect([faults.list.length, faults.list.at(-1)?.reason]).toEqual([
      201,
      'There are more than 200 errors in this file: mend these first.',
    ])
  })
})

it('what is quoted stays on its line, and cannot turn it around', () =>
  expect(shown(`a\nb\u202ec${'x'.repeat(100)}`)).toBe(`a b c${'x'.repeat(52)}…`))
