import { describe, expect, it } from 'vitest'
import { DAY, HOUR, type Seconds } from '../time-series/units'
import type { Counts } from './counts'
import { evaluateStatus, LOOKBACKS, type StatusInput, type StatusRules } from './status'
import { DEFAULT_STATUS_POLICY as policy } from './status-policy'

/** The oracles of semantics §6 (workbook, chapter 5), read off the real alert code while an outage goes by. */

const RULES: StatusRules = {
  target: 0.999,
  window: { kind: 'rolling', days: 30 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy,
}
const START = Date.UTC(2026, 6, 15) / 1000

/** Ten events a second; from `START` all of them fail for `outage` seconds. What fires `after` seconds from the start? */
function firing(after: Seconds, outage: Seconds): Seconds[] {
  const over = (length: Seconds): Counts => {
    const bad = Math.max(0, Math.min(after, outage) - Math.max(0, after - length))
    return { good: (length - bad) * 10, total: length * 10, measured: length / 60 }
  }
  const input: StatusInput = {
    now: START + after,
    historyFrom: START - 60 * DAY,
    lastDataTs: START + after,
    staleSince: null,
    credit: 0,
    window: over(30 * DAY),
    pace: over(3 * DAY),
    lookbacks: Object.fromEntries(
      Object.entries(LOOKBACKS).map(([key, length]) => [key, over(length)]),
    ) as StatusInput['lookbacks'],
  }
  return evaluateStatus(RULES, input).alerts.map(({ long }) => long)
}

/** The instant between two at which a pair changes, to a hundredth of a second. */
function changesAt(long: Seconds, outage: Seconds, from: Seconds, to: Seconds): Seconds {
  const before = firing(from, outage).includes(long)
  expect(firing(to, outage).includes(long)).toBe(!before)
  let [low, high] = [from, to]
  while (high - low > 0.001) {
    const middle = (low + high) / 2
    if (firing(middle, outage).includes(long) === before) low = middle
    else high = middle
  }
  return high
}

describe('a full outage at 99.9 % over 30 days', () => {
  it.each([
    [HOUR, 51.84, 4.93],
    [6 * HOUR, 129.6, 29.82],
    [24 * HOUR, 259.2, 119.64],
    [72 * HOUR, 259.2, 5.99 * 60],
  ])('fires the pair of %i s after %f s, and resets it after %f min', (long, fires, resets) => {
    expect(changesAt(long, DAY, 0, 600)).toBeCloseTo(fires, 2)
    const outage = 6 * HOUR
    expect((changesAt(long, outage, outage, outage + 7 * HOUR) - outage) / 60).toBeCloseTo(resets, long === 72 * HOUR ? 0 : 2)
  })

  it('pages once and without a pause, second by second: not for 51 s, but for 52 s', () => {
    const pages = (outage: Seconds): Seconds[] =>
      Array.from({ length: 600 }, (_, second) => second).filter((second) => firing(second, outage).includes(HOUR))
    expect(pages(51)).toEqual([])
    const paged = pages(52)
    expect(paged[0]).toBe(52)
    // Ten minutes of outage: from second 52 until the short window lets go, 295.68 s after the end.
    const long = Array.from({ length: 1_000 }, (_, second) => second).filter((second) => firing(second, 600).includes(HOUR))
    expect([long[0], long.at(-1), long.length]).toEqual([52, 895, 844])
  })
})
