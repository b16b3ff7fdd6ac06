import { describe, expect, it } from 'vitest'
import type { WallView } from '@/lib/wall/schema'
import { passed } from './clock'
import { beginning, isLost, next } from './state'

const view = { total: 1 } as WallView
const other = { total: 2 } as WallView
const start = beginning(view, 100)
const mark = { steady: 5, wall: 9 }

describe('what a wall remembers', () => {
  it('is the last answer and when it came; nothing new keeps the answer', () => {
    const heard = next(start, { kind: 'heard', view: other, at: 115, mark })
    expect(heard).toEqual({ view: other, heardAt: 115, mark, failures: 0, ended: null })
    expect(next(heard, { kind: 'heard', view: null, at: 130, mark })).toEqual({ ...heard, heardAt: 130 })
  })
  it('is lost at the second failure in a row, and keeps when it last heard', () => {
    const once = next(start, { kind: 'failed' })
    expect(isLost(once)).toBe(false)
    const twice = next(once, { kind: 'failed' })
    expect([isLost(twice), twice.heardAt]).toEqual([true, 100])
    expect(isLost(next(twice, { kind: 'heard', view: null, at: 200, mark }))).toBe(false)
  })
  it('ends with a sentence, and begins again when it may', () => {
    const ended = next(start, { kind: 'ended', sentence: 'Revoked.' })
    expect(ended.ended).toBe('Revoked.')
    expect(next(ended, { kind: 'heard', view: other, at: 300, mark })).toMatchObject({ ended: null, view: other })
  })
})

describe('the clock of a wall', () => {
  const from = { steady: 1_000, wall: 1_000_000 }
  it.each([
    ['both clocks go on', 61_000, 1_060_000, 60],
    ['the clock was set back by a day: time still passes', 61_000, 1_060_000 - 86_400_000, 60],
    ['the screen slept, and only one clock noticed', 1_500, 1_000_000 + 28_800_000, 28_800],
    ['nothing has passed', 1_000, 1_000_000, 0],
    ['not a whole second has', 1_999, 1_000_999, 0],
  ])('%s', (_, steady, wall, seconds) => expect(passed(from, { steady, wall })).toBe(seconds))
})
