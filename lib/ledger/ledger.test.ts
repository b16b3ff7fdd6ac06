import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lensOf } from '../correction/lens'
import { mergedSpans } from '../correction/spans'
import type { Counts } from '../slo/counts'
import type { CauseStretch } from './cause'
import { type LedgerInput, ledgerOf } from './ledger'
import { shownShares } from './shown'

const MINUTES = 600
const TARGET = 0.9

/** A minute that happened: what failed of what there was. */
type Minute = { bad: number; total: number }

const counters = (minutes: Minute[]): ((ts: number) => Counts) => {
  const sums = [{ good: 0, total: 0, measured: 0 }]
  for (const { bad, total } of minutes) {
    const { good, total: before, measured } = sums.at(-1) as Counts
    sums.push({ good: good + total - bad, total: before + total, measured: measured + 1 })
  }
  return (ts) => sums[Math.max(0, Math.min(sums.length - 1, ts / 60))] as Counts
}

const HOURS = Array.from({ length: MINUTES / 60 }, (_, i) => ({ from: i * 3600, to: (i + 1) * 3600 }))

function input(minutes: Minute[], stretches: CauseStretch[], spans: { from: number; to: number }[] = []): LedgerInput {
  const measured = counters(minutes)
  const merged = mergedSpans(spans, MINUTES * 60, () => true)
  const lens = lensOf(
    merged.map((span) => ({ ...span, start: measured(span.from), end: measured(span.to) })),
    'events',
  )
  return {
    ...{
      period: { from: 0, to: MINUTES * 60 },
      buckets: HOURS,
      target: TARGET,
      noDataPolicy: 'ignore',
      measuredFrom: 0,
      slots: MINUTES,
    },
    ...{ budgetLength: MINUTES * 60, stretches, edges: merged.flatMap(({ from, to }) => [from, to]), credits: [] },
    ...{ measured, adjusted: (ts) => lens(ts, measured(ts)) },
  }
}

const incident = (id: number, from: number, to: number, severity = 'sev2'): CauseStretch => ({
  ...{ from: from * 60, to: to * 60 },
  cause: { kind: 'incident', id, title: `Incident ${id}`, severity },
})
const flat = (bad: (minute: number) => number): Minute[] =>
  Array.from({ length: MINUTES }, (_, i) => ({ bad: bad(i), total: 10 }))

const linesOf = (given: LedgerInput) => Object.fromEntries(ledgerOf(given).lines.map(({ key, bad }) => [key, bad]))

describe('who spent the budget', () => {
  it('gives each minute to the incident that covers it, and the rest to nobody', () => {
    const minutes = flat((i) => (i >= 100 && i < 120 ? 10 : i % 100 === 0 ? 1 : 0))
    // 6 single failures, one of them in the outage; 20 minutes of 10.
    expect(linesOf(input(minutes, [incident(7, 100, 120)]))).toEqual({ 'incident:7': 200, unexplained: 5 })
    const { consumed } = ledgerOf(input(minutes, [incident(7, 100, 120)]))
    expect(consumed).toBeCloseTo(205 / (6000 * 0.1), 12)
  })

  it('spends a minute once when incidents overlap: the more severe first, then the earlier', () => {
    const minutes = flat((i) => (i >= 100 && i < 160 ? 1 : 0))
    const stretches = [incident(1, 100, 140), incident(2, 120, 160, 'sev1'), incident(3, 130, 150)]
    expect(linesOf(input(minutes, stretches))).toEqual({ 'incident:1': 20, 'incident:2': 40, unexplained: 0 })
  })

  it('puts own incidents before releases, and releases before what others broke', () => {
    const minutes = flat((i) => (i >= 100 && i < 200 ? 3 : 1))
    const release: CauseStretch = {
      ...{ from: 100 * 60, to: 200 * 60, baseline: 0.1 },
      cause: { kind: 'release', id: 4, version: '1.2', service: 'Checkout', slug: 'checkout' },
    }
    const upstream: CauseStretch = {
      ...{ from: 150 * 60, to: 250 * 60 },
      cause: { kind: 'dependency', id: 9, title: 'Database', service: 'Orders' },
    }
    // The release spends 2 of the 3 that fail: 1 in 10 failed before it as well. Its minutes are 120–200.
    expect(linesOf(input(minutes, [incident(1, 100, 120), release, upstream]))).toEqual({
      ...{ 'incident:1': 60, 'release:4': 160, 'dependency:9': 50 },
      unexplained: 500 + 300 - 60 - 160 - 50,
    })
  })

  it('shows an exclusion as two lines that cancel, and takes its events out of the budget', () => {
    const minutes = flat((i) => (i >= 100 && i < 120 ? 10 : 0))
    const given = input(minutes, [incident(1, 90, 130)], [{ from: 105 * 60, to: 120 * 60 }])
    expect(linesOf(given)).toEqual({ 'incident:1': 50, measured: 150, excluded: -150, unexplained: 0 })
    expect(ledgerOf(given).consumed).toBeCloseTo(50 / (5850 * 0.1), 12)
  })

  it('gives credits back', () => {
    const minutes = flat((i) => (i < 60 ? 10 : 0))
    const { lines, consumed, budget } = ledgerOf({ ...input(minutes, []), credits: [{ at: 7200, minutes: 15 }] })
    expect(budget.minutes).toBeCloseTo(60, 12)
    expect(lines.find(({ kind }) => kind === 'credit')?.share).toBeCloseTo(-0.25, 12)
    expect(consumed).toBeCloseTo(1 - 0.25, 12)
  })

  it('names what was not measured when that counts as bad', () => {
    const whole = input(
      flat(() => 1),
      [],
    )
    const measured = (ts: number): Counts => {
      const seen = whole.measured(Math.min(ts, 300 * 60))
      return ts > 300 * 60 ? seen : whole.measured(ts)
    }
    const { lines, consumed } = ledgerOf({ ...whole, measured, adjusted: measured, noDataPolicy: 'count_as_bad' })
    // 300 minutes at one in ten, 300 minutes missing: all ten of each count as bad.
    expect(lines.map(({ key, bad }) => [key, Math.round(bad)])).toEqual([
      ['no-data', 3000],
      ['unexplained', 300],
    ])
    expect(consumed).toBeCloseTo(3300 / 600, 9)
  })
})

describe('whatever the buckets are', () => {
  it('books what was not measured where it was not measured, and nothing before history began', () => {
    // History begins after five hours; minutes 420 to 480 are missing; one in ten fails.
    const begins = 300
    const at = (minute: number): Counts => {
      const seen = Math.max(0, Math.min(minute, 420) - begins) + Math.max(0, minute - 480)
      return { good: seen * 9, total: seen * 10, measured: seen }
    }
    const counter = (ts: number) => at(ts / 60)
    const { lines } = ledgerOf({
      ...input(
        flat(() => 0),
        [],
      ),
      ...{ measured: counter, adjusted: counter, noDataPolicy: 'count_as_bad', measuredFrom: begins * 60, slots: 300 },
    })
    const missing = lines.find(({ kind }) => kind === 'no-data')
    expect(missing?.bad).toBeCloseTo(600, 9)
    expect(missing?.shares.map((share) => Math.round(share * 300))).toEqual([0, 0, 0, 0, 0, 0, 0, 600, 0, 0])
  })

  it('gives a release the same, by the hour or in one piece', () => {
    // Quiet in its first half, loud in its second: together just above before.
    const minutes = flat((i) => (i < 300 ? 0 : 4))
    const release: CauseStretch = {
      ...{ from: 0, to: MINUTES * 60, baseline: 0.15 },
      cause: { kind: 'release', id: 1, version: '1', service: 'A', slug: 'a' },
    }
    const hourly = input(minutes, [release])
    const whole = { ...hourly, buckets: [hourly.period] }
    for (const given of [hourly, whole]) expect(linesOf(given)['release:1']).toBeCloseTo(1200 - 0.15 * 6000, 9)
  })
})

const minute = fc.integer({ min: 0, max: 20 }).chain((total) => fc.record({ total: fc.constant(total), bad: fc.nat(total) }))
const stretch = fc
  .tuple(fc.nat(MINUTES - 1), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 4 }), fc.nat(9))
  .map(([from, length, severity, kind]): CauseStretch => {
    const place = { from: from * 60, to: Math.min(MINUTES, from + length) * 60 }
    if (kind < 6) return { ...place, cause: { kind: 'incident', id: from, title: '', severity: `sev${severity}` } }
    if (kind < 8)
      return { ...place, baseline: severity / 50, cause: { kind: 'release', id: from, version: '1', service: 'A', slug: 'a' } }
    return { ...place, cause: { kind: 'dependency', id: from, title: '', service: 'b' } }
  })
const span = fc
  .tuple(fc.nat(MINUTES - 1), fc.integer({ min: 1, max: 120 }))
  .map(([from, length]) => ({ from: from * 60, to: Math.min(MINUTES, from + length) * 60 }))

describe('lines of any ledger', () => {
  const world = fc.record({
    minutes: fc.array(minute, { minLength: MINUTES, maxLength: MINUTES }),
    stretches: fc.array(stretch, { maxLength: 12 }),
    spans: fc.array(span, { maxLength: 4 }),
    credits: fc.array(fc.record({ at: fc.integer({ min: 1, max: MINUTES * 60 }), minutes: fc.integer({ min: 1, max: 30 }) }), {
      maxLength: 3,
    }),
  })

  it('sum to what is consumed, counted minute by minute, in all and in every bucket', () => {
    fc.assert(
      fc.property(world, ({ minutes, stretches, spans, credits }) => {
        const { lines, consumed } = ledgerOf({ ...input(minutes, stretches, spans), credits })
        const counted = minutes.map((one, i) =>
          spans.some((s) => s.from <= i * 60 && s.to > i * 60) ? { bad: 0, total: 0 } : one,
        )
        const total = counted.reduce((sum, one) => sum + one.total, 0)
        const bad = counted.reduce((sum, one) => sum + one.bad, 0)
        const credited = credits.reduce((sum, one) => sum + one.minutes, 0) / ((1 - TARGET) * MINUTES)
        const expected = (total > 0 ? bad / (total * (1 - TARGET)) : 0) - credited
        expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(expected, 9)
        expect(consumed).toBeCloseTo(expected, 9)
        HOURS.forEach((_, hour) => {
          const there = counted.slice(hour * 60, hour * 60 + 60).reduce((sum, one) => sum + one.bad, 0)
          const events = lines.filter(({ kind }) => kind !== 'credit').reduce((sum, line) => sum + (line.shares[hour] ?? 0), 0)
          expect(events).toBeCloseTo(total > 0 ? there / (total * (1 - TARGET)) : 0, 9)
        })
        for (const { share, shares } of lines) expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(share, 9)
      }),
      { numRuns: 60 },
    )
  })

  it('spend what a walk over every minute says, cause by cause', () => {
    fc.assert(
      fc.property(world, ({ minutes, stretches, spans }) => {
        const owned = stretches.filter(({ cause }) => cause.kind === 'incident')
        const walked = new Map<number, number>()
        minutes.forEach(({ bad }, i) => {
          if (spans.some((s) => s.from <= i * 60 && s.to > i * 60)) return
          const [first] = owned
            .filter((s) => s.from <= i * 60 && s.to >= i * 60 + 60)
            .sort((a, b) => {
              const [x, y] = [a.cause, b.cause] as { severity: string; id: number }[]
              return (x?.severity ?? '').localeCompare(y?.severity ?? '') || a.from - b.from || (x?.id ?? 0) - (y?.id ?? 0)
            })
          if (first && bad > 0) walked.set(first.cause.id, (walked.get(first.cause.id) ?? 0) + bad)
        })
        const { lines } = ledgerOf(input(minutes, stretches, spans))
        const found = lines.filter(({ kind, bad }) => kind === 'incident' && bad !== 0)
        expect(new Map(found.map(({ cause, bad }) => [cause?.id, bad]))).toEqual(walked)
      }),
      { numRuns: 60 },
    )
  })
})

describe('shown shares', () => {
  it('add up to the shown total', () => {
    expect(shownShares([1 / 3, 1 / 3, 1 / 3], 1000)).toEqual([334, 333, 333])
    expect(shownShares([0.12349, 0.00004], 124)).toEqual([124, 0])
    expect(shownShares([], 0)).toEqual([])
  })

  it('stay within a tenth of the exact ones when the total does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 }), (shares) => {
        const total = Math.ceil(shares.reduce((a, b) => a + b, 0) * 1000 - 1e-9) + 0
        const shown = shownShares(shares, total)
        expect(shown.reduce((a, b) => a + b, 0) - total).toBe(0)
        shown.forEach((value, i) => {
          expect(Math.abs(value - (shares[i] ?? 0) * 1000)).toBeLessThan(1.0001)
        })
      }),
    )
  })
})
