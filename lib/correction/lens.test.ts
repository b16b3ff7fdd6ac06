import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, type Counts } from '../slo/counts'
import { type ExcludedSpan, type LedgerUnit, lensOf } from './lens'

/** One minute each: what happened in it, `null` when nothing was measured. */
type Minute = { good: number; total: number } | null
const MINUTE = 60

const countersOf = (minutes: Minute[]): Counts[] => {
  const counters = [{ good: 0, total: 0, measured: 0 }]
  for (const minute of minutes) {
    const last = counters.at(-1) as Counts
    counters.push(
      minute ? { good: last.good + minute.good, total: last.total + minute.total, measured: last.measured + 1 } : last,
    )
  }
  return counters
}

const spansOf = (counters: Counts[], stretches: [from: number, to: number][]): ExcludedSpan[] =>
  stretches.map(([from, to]) => ({
    from: from * MINUTE,
    to: to * MINUTE,
    start: counters[from] ?? null,
    end: counters[to] ?? null,
  }))

/** The same by walking over every minute: shares nothing with the lens. */
function walked(minutes: Minute[], stretches: [number, number][], unit: LedgerUnit, from: number, to: number): Counts {
  const sum = { good: 0, total: 0, measured: 0 }
  for (let i = from; i < to; i++) {
    const minute = minutes[i] ?? null
    if (stretches.some(([a, b]) => i >= a && i < b)) {
      sum.measured += 1
      if (unit === 'slices') {
        sum.good += 1
        sum.total += 1
      }
    } else if (minute) {
      sum.good += minute.good
      sum.total += minute.total
      sum.measured += 1
    }
  }
  return sum
}

const minute = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.nat(50), fc.nat(5)).map(([good, bad]) => ({ good, total: good + bad })) },
  { weight: 1, arbitrary: fc.constant(null) },
)
const slice = fc.oneof(
  { weight: 5, arbitrary: fc.boolean().map((good) => ({ good: good ? 1 : 0, total: 1 })) },
  { weight: 1, arbitrary: fc.constant(null) },
)
/** Sorted cuts become stretches that do not touch. */
const stretches = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 0, maxLength: 10 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) => Array.from({ length: cuts.length >> 1 }, (_, i) => [cuts[2 * i], cuts[2 * i + 1]] as [number, number]))

describe.each([
  ['events', minute],
  ['slices', slice],
] as const)('the lens of %s', (unit, kind) => {
  it('agrees with walking over every minute, for every window', () => {
    fc.assert(
      fc.property(fc.array(kind, { minLength: 60, maxLength: 60 }), stretches, fc.nat(60), fc.nat(60), (minutes, cut, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const counters = countersOf(minutes)
        const lens = lensOf(spansOf(counters, cut), unit)
        const seen = (i: number) => lens(i * MINUTE, counters[i] as Counts)
        expect(between(seen(from), seen(to))).toEqual(walked(minutes, cut, unit, from, to))
      }),
    )
  })
})

describe('the lens', () => {
  it('changes nothing without spans', () => {
    const reading = { good: 3, total: 4, measured: 5 }
    expect(lensOf([], 'events')(600, reading)).toBe(reading)
  })

  it('stands still inside a span whose end is not reached', () => {
    const start = { good: 90, total: 100, measured: 10 }
    const lens = lensOf([{ from: 600, to: 1200, start, end: null }], 'events')
    expect(lens(900, { good: 95, total: 120, measured: 15 })).toEqual({ good: 90, total: 100, measured: 15 })
  })

  it('waits for a span whose counters are not there yet', () => {
    const reading = { good: 95, total: 120, measured: 15 }
    expect(lensOf([{ from: 600, to: 1200, start: null, end: null }], 'events')(900, reading)).toBe(reading)
  })
})
