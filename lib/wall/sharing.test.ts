import { describe, expect, it } from 'vitest'
import { pacer } from './pace'
import { sharing } from './shared'

describe('one answer for many', () => {
  const counting = () => {
    let made = 0
    return async () => ++made
  }
  it('is worked out once for all who ask at the same time, and again afterwards', async () => {
    const [share, make] = [sharing<number>(3), counting()]
    expect(await Promise.all([share('a', 100, make), share('a', 100, make), share('a', 102, make)])).toEqual([1, 1, 1])
    expect(await share('a', 103, make)).toBe(2)
  })
  it('is that of the same question only', async () => {
    const [share, make] = [sharing<number>(3), counting()]
    expect([await share('a', 100, make), await share('b', 100, make), await share('a', 100, make)]).toEqual([1, 2, 1])
  })
  it('is not kept when the clock was set back, nor when it failed', async () => {
    const [share, make] = [sharing<number>(3), counting()]
    await share('a', 10_000, make)
    expect(await share('a', 100, make)).toBe(2)
    await expect(share('b', 100, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
    expect(await share('b', 100, make)).toBe(3)
  })
})

describe('a pace', () => {
  const times = (count: number, one: () => boolean) => Array.from({ length: count }, one).filter(Boolean).length
  it('lets a burst through, then so many a second, each asker by itself', () => {
    const may = pacer({ perSecond: 2, burst: 6 })
    expect(times(50, () => may('a', 0))).toBe(6)
    expect(times(50, () => may('b', 0))).toBe(6)
    expect(times(50, () => may('a', 1_000))).toBe(2)
    expect(times(50, () => may('a', 60_000))).toBe(6)
  })
  it('never refuses a screen that asks every five seconds, nor one whose clock was set back', () => {
    const may = pacer({ perSecond: 2, burst: 6 })
    expect(Array.from({ length: 100 }, (_, n) => may('a', n * 5_000)).every(Boolean)).toBe(true)
    expect(may('a', 0)).toBe(true)
  })
})
