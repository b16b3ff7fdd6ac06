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
  it('has a row for whatever fires: a healthy one with a ticket is watched', () => {
    const fires = wallOf(tableOf([{ service: 'a' }, { service: 'b', alert: 'ticket' }], NOW), ALL)
    expect(fires).toMatchObject({ urgent: 0, watch: 1, tickets: 1, rows: [{ service: 'b', alert: 'ticket' }] })
  })
  it('says that something cannot be measured, and to nobody what the source answered', () => {
    const why = 'http://prometheus.internal:9090 answered: parse error'
    const seen = wallOf(tableOf([{ state: 'no-data', outlook: { kind: 'unmeasured', why } }], NOW), ALL)
    expect(JSON.stringify(seen)).not.toContain('internal')
    expect(seen.rows[0]?.outlook).toEqual({ kind: 'unmeasured', why: 'it cannot be measured' })
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
  return { ...seen, of: [], behind: { count: 0, since: null }, stale: [], moreStale: 0, freezes: [], moreFreezes: 0 }
}

describe('calm', () => {
  const well = view([{}, { state: 'attention' }])
  const behind = { count: 1, since: NOW - LATE - 60 }
  it('is when nobody has to get up', () => expect(isCalm(well, NOW + LATE)).toBe(true))
  it.each([
    ['a budget is gone', view([{}, { state: 'exhausted' }])],
    ['one is critical', view([{ state: 'critical' }])],
    ['one warns', view([{ state: 'warning' }])],
    ['one has no data, however long', view([{ state: 'no-data', since: 0 }])],
    ['a healthy one pages', view([{ alert: 'page' }])],
    ['a ticket is open', view([{ alert: 'ticket' }])],
    ['a source is stale', { ...well, stale: [{ source: 'prom', since: NOW, slos: 1 }] }],
    ['sources beyond those that are named are stale', { ...well, moreStale: 1 }],
    ['one is not evaluated any more', { ...well, behind }],
    ['one has too little data: that is not green', view([{}, { state: 'not-enough-data' }])],
    ['nothing has enough data', view(Array.from({ length: 40 }, () => ({ state: 'not-enough-data' })))],
    ['there is no SLO', { ...well, total: 0 }],
    ['nothing was measured', { ...well, asOf: null }],
  ])('ends when %s', (_, one) => expect(isCalm(one, NOW)).toBe(false))
  it('ends when the data are old: there is no green without them', () => expect(isCalm(well, NOW + LATE + 1)).toBe(false))
  it('says what it consists of', () => {
    expect(calmOf(well)).toBe('1 of 2 SLOs healthy, 1 to keep an eye on.')
    expect(calmOf(view([{}]))).toBe('1 of 1 SLO healthy.')
  })
})

describe('the headline', () => {
  it.each([
    [[{ state: 'exhausted' }, { state: 'exhausted' }, { state: 'critical' }], '2 budgets gone, 1 critical'],
    [[{ state: 'exhausted' }, { alert: 'page' }], '1 budget gone, 1 page'],
    [[{ state: 'warning' }, { alert: 'ticket' }], '1 warning, 1 ticket'],
    [[{ state: 'no-data', since: 0 }], '1 without data'],
    [[{}, { state: 'not-enough-data' }], '1 with too little data'],
    [[{}, { state: 'attention' }], 'All is well'],
  ] as [Parameters<typeof tableOf>[0], string][])('%j is “%s”', (rows, words) => expect(headlineOf(view(rows))).toBe(words))
  it.each([
    [{ behind: { count: 3, since: NOW - 900 } }, '3 not evaluated'],
    [{ stale: [{ source: 'prom', since: NOW, slos: 1 }] }, '1 source without an answer'],
  ])('never says that all is well where %j is unknown', (unknown, words) =>
    expect(headlineOf({ ...view([{}]), ...unknown })).toBe(words),
  )
  it('says that all is well exactly when the fresh wall is calm', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SLO_STATES), { minLength: 1, maxLength: 5 }), fc.nat(1), (states, count) => {
        const one = { ...view(states.map((state) => ({ state }))), behind: { count, since: NOW } }
        expect(headlineOf(one) === 'All is well').toBe(isCalm(one, NOW))
      }),
    ))
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
    ['140', 60],
    ['99999', 60],
    [['30', '60'], 15],
  ])('asks every %j seconds: %i', (asked, seconds) => expect(everyOf(asked)).toBe(seconds))
})
