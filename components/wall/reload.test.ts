import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reloadWhenServed } from './reload'

/** Another day for each test: this page remembers when it was loaded last. */
let noon = Date.UTC(2026, 6, 15, 12)
const answers = (answer: Promise<object>) => vi.stubGlobal('fetch', () => answer)
const served = () => answers(Promise.resolve({ ok: true, redirected: false }))

let loads = 0
let kept: string | null = null
beforeEach(() => {
  noon += 7 * 86_400_000
  vi.useFakeTimers({ now: noon })
  loads = 0
  kept = null
  vi.stubGlobal('location', { href: 'http://localhost/wall', reload: () => ++loads })
  vi.stubGlobal('sessionStorage', {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a wall loads its page again', () => {
  it('when the server sends it, and not again for five minutes', async () => {
    served()
    expect(await reloadWhenServed()).toBe(true)
    vi.setSystemTime(noon + 299_000)
    expect(await reloadWhenServed()).toBe(false)
    vi.setSystemTime(noon + 300_000)
    expect(await reloadWhenServed()).toBe(true)
    expect(loads).toBe(2)
  })
  it.each([
    ['does not answer', () => Promise.reject(new Error('gone'))],
    ['answers with a fault', () => Promise.resolve({ ok: false, redirected: false })],
    ['sends somebody to sign in', () => Promise.resolve({ ok: true, redirected: true })],
  ])('never when it %s, and as soon as it does', async (_, answer) => {
    answers(answer())
    expect(await reloadWhenServed()).toBe(false)
    expect(loads).toBe(0)
    served()
    expect(await reloadWhenServed()).toBe(true)
  })
  it('when the clock was set back', async () => {
    kept = String(noon)
    vi.setSystemTime(noon - 86_400_000)
    served()
    expect(await reloadWhenServed()).toBe(true)
  })
  it('not over and over where nothing may be kept', async () => {
    const refuses = () => {
      throw new Error('denied')
    }
    vi.stubGlobal('sessionStorage', { getItem: refuses, setItem: refuses })
    served()
    expect(await reloadWhenServed()).toBe(true)
    expect(await reloadWhenServed()).toBe(false)
    expect(loads).toBe(1)
  })
})
