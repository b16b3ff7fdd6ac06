import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableOf } from '../slo/overview-fixture'
import { SLO_STATES } from '../slo/state'
import { DAY } from '../time-series/units'
import { everyOf, waitAfter } from './backoff'
import type { WallView } from './schema'
import { isCalm, LATE, wallOf } from './view'
import { calmOf, headlineOf, noteOf, sinceText } from './words'

/** Wed 15 Jul 2026, 14:35 UTC */
const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000
const ALL = { team: null, tier: null }
const ends = (at: number) => ({ kind: 'ends' as const, at, low: at, high: at, basis: 21_600, periodEnd: null })

const table = tableOf(
  [
    { service: 'catalog', state: 'healthy', outlook: ends(NOW + 20 * DAY) },
    { service: 'cart', state: 'exhausted', remaining: -0.2, team: 'Shop' },
    { service: 'identity', state: 'healthy', alert: 'page', outlook: ends(NOW + DAY), tier: 'critical' },
    { service: 'checkout', state: 'critical', remaining: 0.18, outlook: ends(NOW + 2 * DAY) },
    { service: 'search', state: 'warning', alert: 'ticket' },
    {
      service: 'features',
      state: 'no-data',
      since: NOW - 600,
      staleSince: NOW - 600,
      outlook: { kind: 'frozen', since: NOW - 600, why: 'source' },
    },
    { service: 'mail', state: 'not-enough-data' },
  ],
  NOW,
)

describe('what the wall shows', () => {
  const seen = wallOf(table, ALL)
  it('has the order of trouble: pages, critical, gone, lost, then what to watch; healthy ones have no row', () =>
    expect(seen.rows.map(({ service }) => service)).toEqual(['identity', 'checkout', 'cart', 'features', 'search', 'mail']))
  it('counts every SLO once', () =>
    expect(seen).toMatchObject({
      ...{ total: 7, pages: 1, tickets: 1, urgent: 4, watch: 2, asOf: NOW, staleSlos: [6] },
      states: { exhausted: 1, critical: 1, warning: 1, attention: 0, healthy: 2, 'no-data': 1, 'not-enough-data': 1 },
    }))
  it('names the budget that ends first', () => expect(seen.next).toEqual({ service: 'identity', name: 'SLO 3', at: NOW + DAY }))
  it('keeps to a team and a tier', () => {
    expect(wallOf(table, { team: 'Shop', tier: null }).rows.map(({ service }) => service)).toEqual(['cart'])
    expect(wallOf(table, { team: null, tier: 'critical' }).total).toBe(1)
    expect(wallOf(table, { team: 'Nobody', tier: null })).toMatchObject({ total: 0, rows: [], next: null })
  })
  it('is as large for ten thousand as for fifty', () => {
    const many = wallOf(
      tableOf(
        Array.from({ length: 10_000 }, () => ({ state: 'exhausted' as const, remaining: -1 })),
        NOW,
      ),
      ALL,
    )
    expect(many).toMatchObject({ total: 10_000, urgent: 10_000, states: { exhausted: 10_000 } })
    expect(many.rows).toHaveLength(48)
    expect(JSON.stringify({ ...many, staleSlos: [] }).length).toBeLessThan(16_000)
  })
  it('has counts that add up, whatever the states', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SLO_STATES), { minLength: 1, maxLength: 80 }), (states) => {
        const one = wallOf(tableOf(states.map((state) => ({ state }))), ALL)
        expect(Object.values(one.states).reduce((sum, count) => sum + count, 0)).toBe(states.length)
        expect(one.urgent + one.watch).toBe(states.length - one.states.healthy)
        expect(one.rows.length).toBe(Math.min(48, one.urgent + one.watch))
      }),
    ))
})

const view = (rows: Parameters<typeof tableOf>[0]): WallView => {
  const { staleSlos: _, ...seen } = wallOf(tableOf(rows, NOW), ALL)
  return { ...seen, of: [], stale: [], freezes: [] }
}

describe('calm', () => {
  const well = view([{}, { state: 'attention' }, { state: 'not-enough-data' }])
  it('is when nobody has to get up', () => expect(isCalm(well, NOW + LATE)).toBe(true))
  it.each([
    ['a budget is gone', view([{}, { state: 'exhausted' }])],
    ['one is critical', view([{ state: 'critical' }])],
    ['one warns', view([{ state: 'warning' }])],
    ['one has no data, however long', view([{ state: 'no-data', since: 0 }])],
    ['a healthy one pages', view([{ alert: 'page' }])],
    ['a ticket is open', view([{ alert: 'ticket' }])],
    ['a source is stale', { ...well, stale: [{ source: 'prom', since: NOW, slos: 1 }] }],
    ['there is no SLO', { ...well, total: 0 }],
    ['nothing was measured', { ...well, asOf: null }],
  ])('ends when %s', (_, one) => expect(isCalm(one, NOW)).toBe(false))
  it('ends when the data are old: there is no green without them', () => expect(isCalm(well, NOW + LATE + 1)).toBe(false))
  it('says what it consists of', () => {
    expect(calmOf(well)).toBe('1 of 3 SLOs healthy, 1 to keep an eye on, 1 with too little data to judge.')
    expect(calmOf(view([{}]))).toBe('1 of 1 SLO healthy.')
  })
})

describe('the headline', () => {
  it.each([
    [[{ state: 'exhausted' }, { state: 'exhausted' }, { state: 'critical' }], '2 budgets gone, 1 critical'],
    [[{ state: 'exhausted' }, { alert: 'page' }], '1 budget gone, 1 page'],
    [[{ state: 'warning' }, { alert: 'ticket' }], '1 warning, 1 ticket'],
    [[{ state: 'no-data', since: 0 }], '1 without data'],
    [[{}, { state: 'attention' }], 'All is well'],
  ] as [Parameters<typeof tableOf>[0], string][])('%j is “%s”', (rows, words) => expect(headlineOf(view(rows))).toBe(words))
})

describe('why a row stands there', () => {
  const row = (one: Parameters<typeof tableOf>[0][number]) => {
    const [first] = wallOf(tableOf([{ ...one }], NOW), ALL).rows
    if (!first) throw new Error('no row')
    return noteOf(first, NOW)
  }
  it.each([
    [{ alert: 'page', burn1h: 20.6 }, '1 h burn 20.60 ×'],
    [{ state: 'critical', pace: 2.34 }, 'pace 2.34 ×'],
    [{ state: 'exhausted', outlook: { kind: 'gone', since: NOW - DAY, backAt: NOW + 9 * DAY } }, 'back Fri 24 Jul'],
    [{ state: 'exhausted', outlook: { kind: 'gone', since: NOW - DAY, backAt: null } }, 'not back within its window'],
    [{ state: 'no-data', since: NOW, outlook: { kind: 'frozen', since: NOW, why: 'source' } }, 'its source does not answer'],
    [{ state: 'not-enough-data' }, ''],
  ] as [Parameters<typeof tableOf>[0][number], string][])('%j: %s', (one, words) => expect(row(one)).toBe(words))
  it('names the day of a loss when it is another one', () => {
    expect(sinceText(NOW - 240, NOW)).toBe('14:31')
    expect(sinceText(NOW - DAY, NOW)).toBe('Tue 14, 14:35')
  })
})

describe('asking again', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [5, 8_000, 16_000],
    [6, 15_000, 30_000],
    [10_000, 15_000, 30_000],
  ])('waits after %i failures between %i and %i ms', (failures, least, most) => {
    expect(waitAfter(failures, 0)).toBe(least)
    expect(waitAfter(failures, 1)).toBe(most)
  })
  it.each([
    [undefined, 15],
    ['', 15],
    ['soon', 15],
    ['30', 30],
    ['0', 5],
    ['99999', 600],
    [['30', '60'], 15],
  ])('asks every %j seconds: %i', (asked, seconds) => expect(everyOf(asked)).toBe(seconds))
})
