import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../time-series/units'
import { type CountdownInput, exhaustionAt, returnAt } from './countdown'

const NOW = Date.UTC(2026, 6, 15) / 1000
const TARGET = 0.999

/** Thirty days of a thousand events an hour, whose bad share is given per hour. */
function input(badOf: (hour: number) => number, rolling = true, ahead = 15 * DAY): CountdownInput {
  const windowFrom = NOW - 30 * DAY
  const history = [{ ts: windowFrom, good: 0, total: 0 }]
  for (let hour = 0; hour < 720; hour += 1) {
    const last = history.at(-1) as { ts: number; good: number; total: number }
    history.push({ ts: last.ts + HOUR, good: last.good + 1_000 * (1 - badOf(hour)), total: last.total + 1_000 })
  }
  return { now: NOW, target: TARGET, windowFrom, rolling, periodEnd: NOW + ahead, history }
}

describe('exhaustionAt', () => {
  it('is the whole window for a clean history at burn 1.0…1, and sooner in proportion', () => {
    const clean = input(() => 0)
    expect(exhaustionAt(clean, 1)).toBe(NOW + 30 * DAY)
    expect(exhaustionAt(clean, 0.99)).toBeNull()
    expect(((exhaustionAt(clean, 2) ?? 0) - NOW) / DAY).toBeCloseTo(15, 3)
    expect(((exhaustionAt(clean, 60) ?? 0) - NOW) / HOUR).toBeCloseTo(12, 3)
  })

  it('lets old burn leave: what is half spent at the start of the window lasts longer than what is half spent now', () => {
    const old = exhaustionAt(
      input((hour) => (hour < 36 ? 0.01 : 0)),
      1.2,
    )
    const young = exhaustionAt(
      input((hour) => (hour >= 684 ? 0.01 : 0)),
      1.2,
    )
    expect(old ?? Number.POSITIVE_INFINITY).toBeGreaterThan(young ?? 0)
  })

  it('says now for what is gone, and nothing for what does not burn', () => {
    expect(
      exhaustionAt(
        input(() => 0.002),
        1,
      ),
    ).toBe(NOW)
    expect(
      exhaustionAt(
        input(() => 0.0005),
        0,
      ),
    ).toBeNull()
    expect(
      exhaustionAt(
        input(() => 0.0005),
        null,
      ),
    ).toBeNull()
  })

  it('does not look past the end of a calendar period', () => {
    const half = (hour: number) => (hour < 100 ? 0.005 : 0)
    expect(exhaustionAt(input(half, false, 2 * DAY), 2)).toBeNull()
    expect(exhaustionAt(input(half, false, 29 * DAY), 5)).not.toBeNull()
  })

  it('agrees with walking through the future minute by minute', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.002, noNaN: true }), { minLength: 720, maxLength: 720 }),
        fc.double({ min: 1.5, max: 40, noNaN: true }),
        (bad, burn) => {
          const given = input((hour) => (bad[hour] ?? 0) * 0.8)
          const found = exhaustionAt(given, burn)
          const walked = walk(given, burn)
          if (walked === null || found === null)
            return expect(found === null ? null : 'found').toBe(walked === null ? null : 'found')
          expect(Math.abs(found - walked)).toBeLessThanOrEqual(120)
        },
      ),
      { numRuns: 25 },
    )
  })
})

/** The same question, answered by counting. */
function walk({ history, now }: CountdownInput, burn: number): number | null {
  const hours = history
    .slice(1)
    .map((point, i) => point.total - point.good - ((history[i]?.total ?? 0) - (history[i]?.good ?? 0)))
  const perMinute = (1_000 / 60) * burn * (1 - TARGET)
  let bad = hours.reduce((sum, count) => sum + count, 0)
  for (let minute = 0; minute < 720 * 60; minute += 1) {
    if (bad / 720_000 / (1 - TARGET) >= 1 - 1e-12) return now + minute * 60
    bad += perMinute - (hours[Math.floor(minute / 60)] ?? 0) / 60
  }
  return null
}

describe('returnAt', () => {
  it('is when the burn has left the window', () => {
    // All of it happened in the first hour of the window: it is gone an hour from now.
    expect((returnAt(input((hour) => (hour === 0 ? 0.8 : 0))) ?? 0) - NOW).toBeLessThanOrEqual(HOUR)
    expect(((returnAt(input((hour) => (hour === 240 ? 0.8 : 0))) ?? 0) - NOW) / DAY).toBeCloseTo(10, 0)
  })
  it('is the next period for a calendar window', () => expect(returnAt(input(() => 0.01, false))).toBe(NOW + 15 * DAY))
})
