import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SloHistory } from '@/lib/slo/detail'
import { keepExtremes } from './keep-extremes'
import { ninesDomain, ninesLabel, ninesOf, ninesTicks } from './nines'
import { prepareHistory } from './prepare-history'
import { prepareProjection } from './prepare-projection'
import { budgetScale, burnScale } from './prepare-scales'
import { prepareTimeAxis, tickText } from './prepare-time-axis'
import { budgetSummary, burnSummary, sliSummary } from './summaries'

const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000

function historyOf(overrides: Partial<SloHistory>): SloHistory {
  const ts = [NOW - 7200, NOW - 3600, NOW]
  const none = [null, null, null]
  return {
    sloId: 1,
    from: NOW - 10_800,
    to: NOW,
    step: 3600,
    ts,
    remaining: none,
    burn1h: none,
    burn6h: none,
    burn24h: none,
    sli: none,
    total: none,
    gaps: [],
    rises: [],
    exclusions: [],
    credits: [],
    measuredRemaining: null,
    ...overrides,
  }
}

describe('thinning', () => {
  const value = fc.option(fc.double({ min: -5, max: 1, noNaN: true }), { nil: null })

  it('keeps the lowest and the highest of every column and stays within the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 900 }),
        fc.integer({ min: 12, max: 400 }),
        (pairs, limit) => {
          const columns = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
          const kept = keepExtremes(pairs.length, limit, columns)
          expect(kept.length).toBeLessThanOrEqual(Math.max(limit, Math.min(limit, pairs.length)))
          for (const column of columns) {
            const all = column.filter((v) => v !== null)
            const left = kept.map((i) => column[i] ?? null).filter((v) => v !== null)
            if (all.length === 0) continue
            expect(Math.min(...left)).toBe(Math.min(...all))
            expect(Math.max(...left)).toBe(Math.max(...all))
          }
        },
      ),
    )
  })

  it('keeps a gap of one point and both ends, in order', () => {
    const column = Array.from({ length: 1000 }, (_, i) => (i === 500 ? null : 0.5))
    const kept = keepExtremes(1000, 60, [column])
    expect(kept).toContain(500)
    expect([kept[0], kept.at(-1)]).toEqual([0, 999])
    expect(kept).toEqual([...kept].sort((a, b) => a - b))
  })

  it('leaves few points alone', () => {
    expect(keepExtremes(3, 720, [[1, 2, 3]])).toEqual([0, 1, 2])
  })
})

describe('rows', () => {
  it('draws missing values as gaps and clips only what is drawn', () => {
    const rows = prepareHistory(historyOf({ burn1h: [0, null, 900], sli: [1, null, 0.99], remaining: [0.5, null, -3] }), 720, 4)
    expect(rows.map((row) => row.y1h)).toEqual([0.1, null, 900])
    expect(rows.map((row) => row.burn1h)).toEqual([0, null, 900])
    expect(rows.map((row) => row.nines?.toFixed(6))).toEqual(['4.000000', undefined, '2.000000'])
    expect(rows.map((row) => row.remaining)).toEqual([0.5, null, -3])
  })

  it('projects to zero at the instant the budget ends', () => {
    const rows = prepareProjection(0.2, NOW, NOW + 2000, { at: NOW + 1000, low: NOW + 500, high: NOW + 2000 })
    expect(rows.map((row) => row.projected)).toEqual([0.2, -0.2])
    expect(rows.map((row) => row.fan?.map((v) => Number(v.toFixed(6))))).toEqual([
      [0.2, 0.2],
      [-0.6, 0],
    ])
  })

  it('projects nothing when the budget is gone or does not end', () => {
    expect(prepareProjection(-0.1, NOW, NOW + 10, { at: NOW + 5, low: NOW + 5, high: NOW + 5 })).toEqual([])
    expect(prepareProjection(0.1, NOW, NOW + 10, null)).toEqual([])
  })
})

describe('scales', () => {
  it('reaches below zero, and as far as a budget was overspent', () => {
    expect(budgetScale([0.4, 0.9])).toEqual({ domain: [-0.25, 1], ticks: [-0.25, 0, 0.25, 0.5, 0.75, 1] })
    expect(budgetScale([-1.428]).domain).toEqual([-1.5, 1])
    expect(budgetScale([0.4, 1.03]).domain).toEqual([-0.25, 1.25])
    const deep = budgetScale([-14.28])
    expect(deep.domain[0]).toBeLessThanOrEqual(-14.28)
    expect(deep.ticks.length).toBeLessThan(9)
  })

  it('always has a line at zero and never cuts a value', () => {
    fc.assert(
      fc.property(fc.double({ min: -900, max: 9, noNaN: true }), (value) => {
        const { domain, ticks } = budgetScale([value])
        expect(domain[0]).toBeLessThanOrEqual(value + 1e-6)
        expect(domain[1]).toBeGreaterThanOrEqual(value - 1e-6)
        expect(ticks).toContain(0)
        expect(ticks.length).toBeLessThanOrEqual(12)
      }),
    )
  })

  it('holds every burn rate and threshold in whole decades', () => {
    expect(burnScale({ burn1h: [0.02, 3], burn6h: [], burn24h: [] }, [14.4, 6]).domain).toEqual([0.1, 100])
    expect(burnScale({ burn1h: [1000], burn6h: [], burn24h: [] }, [14.4]).ticks).toEqual([0.1, 1, 10, 100, 1000])
  })

  it('counts nines', () => {
    expect(ninesOf(0.9)).toBeCloseTo(1)
    expect(['0', '90', '99', '99.9', '99.99']).toEqual([0, 1, 2, 3, 4].map(ninesLabel))
    const domain = ninesDomain([0.5, 1, null], 0.999)
    expect(domain[0]).toBeLessThan(ninesOf(0.5))
    expect(ninesTicks(domain)).toEqual([1, 2, 3, 4])
    expect(ninesDomain([0], 0.9)[0]).toBe(0)
  })
})

describe('time axis', () => {
  it('marks Mondays over 30 days, keeps clear of now, and leaves room for what may come', () => {
    const axis = prepareTimeAxis(NOW - 30 * 86_400, NOW, '30d')
    expect(axis.ticks.map((at) => tickText(at, '30d', NOW))).toEqual([
      'Mon 22 Jun',
      'Mon 29 Jun',
      'Mon 6 Jul',
      'Mon 13 Jul',
      'Mon 20 Jul',
    ])
    expect(axis.end).toBeGreaterThan(NOW)
  })

  it('marks hours over a day', () => {
    const axis = prepareTimeAxis(NOW - 86_400, NOW, '24h')
    expect(axis.ticks.map((at) => tickText(at, '24h', NOW))).toContain('04:00')
    expect(tickText(NOW, '24h', NOW)).toBe('now')
  })
})

describe('text in place of the pictures', () => {
  it('names first, last, lowest, rises and gaps', () => {
    const history = historyOf({
      remaining: [0.4, 0.1, 0.3],
      gaps: [{ from: NOW - 5400, to: NOW - 1800 }],
      rises: [{ at: NOW, points: 20.4, burnedAt: NOW - 30 * 86_400 }],
    })
    expect(budgetSummary(history)).toBe(
      'The budget left went from 40.0 % to 30.0 %, at the lowest 10.0 % on Wed 15 Jul, 13:35. +20 points on Wed 15 Jul: burn of Mon 15 Jun left the window. No data for 1 h from Wed 15 Jul, 13:05.',
    )
  })

  it('says when there is nothing', () => {
    const empty = historyOf({})
    expect(
      [budgetSummary(empty), burnSummary(empty), sliSummary(empty, 0.999)].every((text) => text.startsWith('There is no')),
    ).toBe(true)
  })

  it('names the highest burn and the lowest SLI', () => {
    expect(burnSummary(historyOf({ burn1h: [1, 20, 3] }))).toContain(
      'over 1 h at most 20.00 times on Wed 15 Jul, 13:35, now 3.00',
    )
    expect(sliSummary(historyOf({ sli: [0.9995, 0.98, null] }), 0.999)).toContain('1 of 3 steps were below the target')
  })
})
