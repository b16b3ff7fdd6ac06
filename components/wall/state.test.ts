import { describe, expect, it } from 'vitest'
import type { WallView } from '@/lib/wall/schema'
import { beginning, isLost, next } from './state'

const view = { total: 1 } as WallView
const other = { total: 2 } as WallView
const start = beginning(view, 100)

describe('what a wall remembers', () => {
  it('is the last answer and when it came; nothing new keeps the answer', () => {
    const heard = next(start, { kind: 'heard', view: other, at: 115, skew: 3 })
    expect(heard).toEqual({ view: other, heardAt: 115, skew: 3, failures: 0, ended: null })
    expect(next(heard, { kind: 'heard', view: null, at: 130, skew: 3 })).toEqual({ ...heard, heardAt: 130 })
  })
  it('is lost at the second failure in a row, and keeps when it last heard', () => {
    const once = next(start, { kind: 'failed' })
    expect(isLost(once)).toBe(false)
    const twice = next(once, { kind: 'failed' })
    expect([isLost(twice), twice.heardAt]).toEqual([true, 100])
    expect(isLost(next(twice, { kind: 'heard', view: null, at: 200, skew: 0 }))).toBe(false)
  })
  it('ends with a sentence, and begins again when it may', () => {
    const ended = next(start, { kind: 'ended', sentence: 'Revoked.' })
    expect(ended.ended).toBe('Revoked.')
    expect(next(ended, { kind: 'heard', view: other, at: 300, skew: 0 })).toMatchObject({ ended: null, view: other })
  })
})
