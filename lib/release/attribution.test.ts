import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../measurement/known-truth'
import { HOUR, MINUTE } from '../time-series/units'
import { attributionOf, instantsOf, type Reading, type Stretch, stretchesOf } from './attribution'

// A release at an odd second of 2026-07-16.
const AT = Date.UTC(2026, 6, 16, 13, 52, 20) / 1000
/** A month of a hundred events a minute, of which one in a thousand may fail: a budget of 4 320. */
const MONTH = { target: 0.999, windowTotal: 30 * 24 * 60 * 100 }

type Minute = { total: number; bad: number }
/** Counters of a world that is told minute by minute, from `AT`. Counted by adding up, between minutes evenly. */
function counted({ from, to }: Stretch, minuteOf: (minute: number) => Minute): Reading[] {
  const start = Math.floor((from - AT) / MINUTE)
  const sumUntil = (ts: number): Minute => {
    const sum = { total: 0, bad: 0 }
    for (let m = start; AT + m * MINUTE < ts; m += 1) {
      const share = Math.min(1, (ts - (AT + m * MINUTE)) / MINUTE)
      sum.total += minuteOf(m).total * share
      sum.bad += minuteOf(m).bad * share
    }
    return sum
  }
  return instantsOf({ from, to }).map((ts) => {
    const { total, bad } = sumUntil(ts)
    return { ts, total, good: total - bad, measured: 0 }
  })
}
const seen = (
  minuteOf: (minute: number) => Minute,
  { hours = 6, next = null as number | null, before = null as number | null } = {},
) => {
  const stretches = stretchesOf({ at: AT, before, next }, AT + hours * HOUR)
  if (!stretches) throw new Error('too early')
  return attributionOf({ before: counted(stretches.before, minuteOf), after: counted(stretches.after, minuteOf), ...MONTH })
}
/** One failure in ten minutes: 0.1 %. */
const usual = (minute: number): Minute => ({ total: 100, bad: minute % 10 === 0 ? 1 : 0 })

describe('what is compared', () => {
  it.each([
    ['six hours each', {}, 24 * HOUR, [-6 * HOUR, 6 * HOUR]],
    ['back to the release before', { before: AT - 2 * HOUR }, 24 * HOUR, [-2 * HOUR, 6 * HOUR]],
    ['half an hour at least', { before: AT - 60 }, 24 * HOUR, [-30 * MINUTE, 6 * HOUR]],
    ['up to the next release', { next: AT + HOUR }, 24 * HOUR, [-6 * HOUR, HOUR]],
    ['as far as the counters', {}, 20 * MINUTE, [-6 * HOUR, 20 * MINUTE]],
    ['a rollback after four minutes', { next: AT + 4 * MINUTE }, 15 * MINUTE, [-6 * HOUR, 4 * MINUTE]],
  ])('%s', (_, change, later, [from, to]) => {
    expect(stretchesOf({ at: AT, before: null, next: null, ...change }, AT + later)).toEqual({
      before: { from: AT + (from ?? 0), to: AT },
      after: { from: AT, to: AT + (to ?? 0) },
    })
  })
  it('not before a quarter of an hour has passed', () =>
    expect(stretchesOf({ at: AT, before: null, next: null }, AT + 899)).toBeNull())
  it('in steps of five minutes between its ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 * HOUR }), (length) => {
        const instants = instantsOf({ from: AT, to: AT + length })
        expect([instants[0], instants.at(-1)]).toEqual([AT, AT + length])
        for (const [i, ts] of instants.slice(1, -1).entries())
          expect([ts % 300, ts - (instants[i] ?? 0) <= 300]).toEqual([0, true])
        expect(new Set(instants).size).toBe(instants.length)
      }),
    )
  })
})

describe('a release that', () => {
  it('made two in a hundred fail for an hour is proposed with that hour, by hand 114 failures too many', () => {
    // 60 minutes of 2 bad = 120; the usual 0.1 % of 6 000 = 6; 114 of 4 320 are 2.64 % of the budget.
    const found = seen((m) => (m >= 10 && m < 70 ? { total: 100, bad: 2 } : usual(m)))
    expect(found?.baseline).toBeCloseTo(0.001, 6)
    expect(found?.evidence.excess).toBeGreaterThan(114 * 0.98)
    expect(found?.evidence.excess).toBeLessThan(114 * 1.02)
    expect(found?.evidence.budgetShare).toBeCloseTo(114 / 4_320, 3)
    expect(Math.abs((found?.from ?? 0) - (AT + 10 * MINUTE))).toBeLessThanOrEqual(10 * MINUTE)
    expect(Math.abs((found?.to ?? 0) - (AT + 70 * MINUTE))).toBeLessThanOrEqual(10 * MINUTE)
    expect(found?.evidence.burn.before).toBeCloseTo(1, 2)
    expect(found?.evidence.burn.after).toBeCloseTo((120 + 30) / 36_000 / 0.001, 1)
  })
  it('failed wholly and was rolled back after eight minutes is proposed up to the rollback', () => {
    const found = seen((m) => (m >= 0 && m < 8 ? { total: 100, bad: 90 } : usual(m)), { next: AT + 8 * MINUTE })
    expect([found?.from, found?.to]).toEqual([AT, AT + 8 * MINUTE])
    expect(found?.evidence.excess).toBeCloseTo(8 * 90 - 0.001 * 800, 1)
  })
  it('is the rollback is not proposed: the failures were there before', () => {
    expect(seen((m) => (m < 0 && m >= -8 ? { total: 100, bad: 90 } : usual(m)), { before: AT - 8 * MINUTE })).toBeNull()
  })
  it('changed nothing is not proposed', () => expect(seen(usual)).toBeNull())
  it('made things better is not proposed', () => expect(seen((m) => (m < 0 ? { total: 100, bad: 3 } : usual(m)))).toBeNull())
  it('went out at night is not proposed when the day brings more of everything', () =>
    expect(seen((m) => (m < 0 ? { total: 2, bad: 0.02 } : { total: 200, bad: 2 }))).toBeNull())
  it('went out at night with one failure more is not proposed', () =>
    expect(seen((m) => ({ total: 0.1, bad: m === 30 ? 0.1 : 0 }))).toBeNull())
  it('costs less than a fiftieth of the budget is not proposed, however certain it is', () =>
    expect(seen((m) => (m >= 0 && m < 40 ? { total: 100, bad: 2 } : usual(m)))).toBeNull())
  it('comes amid an outage that goes on is not proposed', () =>
    expect(seen((m) => (m >= -60 && m < 60 ? { total: 100, bad: 30 } : usual(m)), { before: AT - HOUR })).toBeNull())
  it.each([
    ['nothing happened before', (m: number) => (m < 0 ? { total: 0, bad: 0 } : { total: 100, bad: 50 })],
    ['nothing happened after', (m: number) => (m < 0 ? usual(m) : { total: 0, bad: 0 })],
  ])('cannot be compared is not proposed: %s', (_, world) => expect(seen(world)).toBeNull())
})

describe('noise', () => {
  it('is hardly ever proposed: 2 000 worlds whose failures come at one rate, evenly or in bursts', () => {
    const random = seeded(41)
    let proposed = 0
    for (let world = 0; world < 2_000; world += 1) {
      const [rate, burst] = [0.2 + 4 * random(), 1 + Math.floor(random() * 12)]
      const minutes = new Map<number, Minute>()
      const minuteOf = (m: number): Minute => {
        const known = minutes.get(m) ?? { total: 100, bad: random() < rate / burst ? Math.min(100, burst) : 0 }
        minutes.set(m, known)
        return known
      }
      const sides = stretchesOf(
        { at: AT, before: AT - (30 + random() * 330) * MINUTE, next: null },
        AT + (0.25 + random() * 5.75) * HOUR,
      )
      if (!sides) continue
      const quick = (stretch: Stretch) => countedOnce(stretch, minuteOf)
      if (attributionOf({ before: quick(sides.before), after: quick(sides.after), target: 0.99, windowTotal: 40_000 }))
        proposed += 1
    }
    // One in a thousand is what is promised of each.
    expect(proposed).toBeLessThanOrEqual(4)
  })
})

/** As `counted`, in one pass. */
function countedOnce({ from, to }: Stretch, minuteOf: (minute: number) => Minute): Reading[] {
  const sum = { total: 0, bad: 0 }
  let last = from
  return instantsOf({ from, to }).map((ts) => {
    while (last < ts) {
      const m = Math.floor((last - AT) / MINUTE)
      const until = Math.min(ts, AT + (m + 1) * MINUTE)
      const { total, bad } = minuteOf(m)
      sum.total += (total * (until - last)) / MINUTE
      sum.bad += (bad * (until - last)) / MINUTE
      last = until
    }
    return { ts, total: sum.total, good: sum.total - sum.bad, measured: 0 }
  })
}
