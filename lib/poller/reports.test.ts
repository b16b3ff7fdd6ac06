import { describe, expect, it } from 'vitest'
import { nextBatch, Quiet } from './reports'

const MINUTE_START = 1_800_000_000

describe('the moments between ticks', () => {
  it.each([
    [0, true],
    [26, true],
    [27, false],
    [29, false],
    [30, true],
  ])('%i s after the minute, with ticks at 30 s: %s', (after, quiet) => {
    const moments = new Quiet()
    moments.expect(30)
    expect(moments.at(MINUTE_START + after)).toBe(quiet)
  })

  it('are none while somebody ticks, also when that fails', async () => {
    const moments = new Quiet()
    let end = (_: Error) => {}
    const tick = moments.during(() => new Promise((_, refuse) => (end = refuse)))
    expect(moments.at(MINUTE_START)).toBe(false)
    end(new Error('no database'))
    await expect(tick).rejects.toThrow('no database')
    expect(moments.at(MINUTE_START)).toBe(true)
  })

  it('hold as many reports as fit', () => {
    expect([nextBatch(5, 100), nextBatch(5, 700), nextBatch(5, 2_500), nextBatch(1, 9_000), nextBatch(12, 10)]).toEqual([
      7, 5, 2, 1, 12,
    ])
  })
})
