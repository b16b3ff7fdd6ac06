import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, type Seconds } from '../time-series/units'
import { nextAlerts } from './lifecycle'
import { TWO_TIER, WORKBOOK } from './presets'
import { firesAt, readingAfter, runEngine } from './simulated-fixture'

/** Semantics §6 and the exact table of the Site Reliability Workbook's pairs (99.9 %, 30 days, clean history), through the engine. */
const PAIRS = [HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR]
const policy = WORKBOOK.settings
const NEVER = null

/** Minutes until each pair fires. */
const TABLE: [share: number, minutes: (number | null)[]][] = [
  [1, [51.84 / 60, 129.6 / 60, 259.2 / 60, 259.2 / 60]],
  [0.5, [103.68 / 60, 259.2 / 60, 8.64, 8.64]],
  [0.15, [5.76, 14.4, 28.8, 28.8]],
  [0.1, [8.64, 21.6, 43.2, 43.2]],
  [0.05, [17.28, 43.2, 86.4, 86.4]],
  [0.02, [43.2, 108, 216, 216]],
  [0.01, [NEVER, 216, 432, 432]],
  [0.002, [NEVER, NEVER, NEVER, 36 * 60]],
]
/** Where a rate is exactly the threshold only the rates beside it can be told: one fires as its window fills, one never. */
const EDGES: [share: number, long: Seconds][] = [
  [0.0144, HOUR],
  [0.006, 6 * HOUR],
  [0.003, 24 * HOUR],
  [0.001, 72 * HOUR],
]

describe('how long until it fires', () => {
  it.each(TABLE)('at a share of %f', (share, minutes) => {
    const until = Math.max(...minutes.map((value) => value ?? 0)) * 60
    const step = until > 2 * HOUR ? MINUTE : 1
    const { told } = runEngine({ policy, share }, Math.max(until + 2 * step, 100 * HOUR * (step === MINUTE ? 1 : 0)), step)
    for (const [i, long] of PAIRS.entries()) {
      const expected = minutes[i] ?? null
      const fired = firesAt(told, long)
      if (expected === null) expect(fired).toBeNull()
      else {
        expect(fired).toBeGreaterThanOrEqual(Math.floor(expected * 60))
        expect(fired).toBeLessThanOrEqual(Math.ceil(expected * 60) + step)
      }
    }
  })

  it.each(EDGES)('at %f, exactly the threshold of the pair over %i s', (share, long) => {
    const above = firesAt(runEngine({ policy, share: share * 1.0001 }, long + 2 * MINUTE, MINUTE).told, long)
    expect(above).toBeGreaterThanOrEqual(long - MINUTE)
    expect(above).toBeLessThanOrEqual(long + MINUTE)
    expect(firesAt(runEngine({ policy, share: share * 0.9999 }, long * 1.5, MINUTE).told, long)).toBeNull()
  })

  it.each([
    [HOUR, 0.02],
    [6 * HOUR, 0.05],
    [24 * HOUR, 0.1],
    [72 * HOUR, 0.1],
  ])('has spent its share by then: the pair over %i s %f', (long, share) => {
    const { open } = runEngine({ policy, share: 1 }, 300, 1)
    const { evidence } = open.find((alert) => alert.long === long) as (typeof open)[number]
    const bad = evidence.long.total - evidence.long.good
    // Of ten events a second for 30 days, one in a thousand may be bad.
    expect(bad / (30 * DAY * 10 * 0.001)).toBeGreaterThanOrEqual(share)
    expect(bad / (30 * DAY * 10 * 0.001)).toBeLessThan(share + 0.0005)
  })

  it('waits as long as the two tiers ask', () => {
    const { told } = runEngine({ policy: TWO_TIER.settings, share: 1 }, 30 * MINUTE, 1)
    expect(firesAt(told, HOUR)).toBe(52 + 120)
    // 3 × 6 h ÷ 1,000 = 64.8 s, and a quarter of an hour.
    expect(firesAt(told, 6 * HOUR)).toBe(65 + 900)
  })
})

describe('how long until it ends', () => {
  const RESETS: [share: number, outage: Seconds, minutes: (number | null)[]][] = [
    [1, 10 * HOUR, [4.93, 29.82, 119.64, 359.64]],
    [0.15, 3 * HOUR, [4.52, 28.8, 117.6, 357.6]],
    [0.05, 10 * HOUR, [3.56, 26.4, 112.8, 352.8]],
    [0.01, 10 * HOUR, [null, 12, 84, 324]],
  ]
  it.each(RESETS)(
    'a share of %f for %i s: the condition is last seen when the short window lets go',
    (share, outage, minutes) => {
      const step = 10
      const { told, open } = runEngine({ policy, share, outage }, outage + 8 * HOUR, step)
      expect(open).toEqual([])
      for (const [i, long] of PAIRS.entries()) {
        const expected = minutes[i] ?? null
        const ended = told.find((event) => event.kind === 'resolved' && event.long === long)
        if (expected === null) {
          expect(ended).toBeUndefined()
          continue
        }
        // First seen gone one step after it held, and over when it was gone for the policy's two minutes.
        const cleared = (ended?.at ?? 0) - policy.keepFiring - outage
        expect(cleared).toBeGreaterThanOrEqual(expected * 60 - 1)
        expect(cleared).toBeLessThanOrEqual(expected * 60 + step + 1)
      }
    },
  )
})

describe('second by second', () => {
  const page = (outage: Seconds) => firesAt(runEngine({ policy, share: 1, outage }, 900, 1).told, HOUR)

  it('does not page for an outage of 51 s, and does for 52 s', () => expect([page(51), page(52)]).toEqual([null, 52]))

  it('ten minutes of outage page once, from second 52 until two minutes after second 895', () => {
    const { told } = runEngine({ policy, share: 1, outage: 600 }, 2_000, 1)
    expect(told.filter(({ long }) => long === HOUR).map(({ kind, at }) => [kind, at])).toEqual([
      ['fired', 52],
      ['resolved', 896 + 120],
    ])
  })

  it('at one scrape in 15 s and a tick a minute, 30 s late, a total outage pages within 52 to 127 s', () => {
    for (let phase = 0; phase < 60; phase += 1) {
      // The outage begins `phase` seconds after a tick; a tick at t sees what was scraped by t, and runs 30 s later.
      let paged: number | null = null
      for (let tick = 60 - phase; paged === null && tick < 600; tick += 60) {
        const seen = Math.floor(tick / 15) * 15
        const steps = nextAlerts([], readingAfter(seen, { policy, share: 1 }))
        if (steps.some(({ alert }) => alert.long === HOUR && alert.state === 'firing')) paged = tick + 30
      }
      expect(paged).toBeGreaterThanOrEqual(52)
      expect(paged).toBeLessThanOrEqual(52 + 15 + 30 + 60)
    }
  })
})

describe('low traffic', () => {
  const onePerMinute = (bad: number) => runEngine({ policy, share: 1, outage: bad * 60, perSecond: 1 / 60 }, HOUR, MINUTE).told

  it('one error at one request a minute does not page, nor do four', () => {
    expect(firesAt(onePerMinute(1), HOUR)).toBeNull()
    expect(firesAt(onePerMinute(4), HOUR)).toBeNull()
    const unguarded = { ...policy, pairs: policy.pairs.map((pair) => ({ ...pair, minFailures: 0 })) }
    expect(firesAt(runEngine({ policy: unguarded, share: 1, outage: 60, perSecond: 1 / 60 }, HOUR, MINUTE).told, HOUR)).toBe(60)
  })

  it('a total outage at one request a minute pages after five', () => expect(firesAt(onePerMinute(60), HOUR)).toBe(5 * MINUTE))

  it.each([6 / 60, 1, 100])('the guard does not delay a total outage at %f requests a second', (perSecond) =>
    expect(firesAt(runEngine({ policy, share: 1, perSecond }, 300, 1).told, HOUR)).toBe(52),
  )
})
