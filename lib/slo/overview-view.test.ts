import { describe, expect, it } from 'vitest'
import { isFiltering, NO_FILTER, type OverviewFilter } from './overview-filter'
import { tableOf } from './overview-fixture'
import { type Grouping, type OverviewColumns, SORT_KEYS, type Sort, type SortKey } from './overview-rows'
import { sliceView } from './overview-slice'
import { facetOf, facetsMatching, overviewSummary } from './overview-summary'
import { overviewView } from './overview-view'

const table = tableOf([
  { name: 'calm', remaining: 0.9, burn1h: null },
  { name: 'gone', state: 'exhausted', remaining: -0.3, team: 'Data', since: 990_000 },
  { name: 'paging', alert: 'page', service: 'identity', labels: ['env=prod'] },
  { name: 'critical', state: 'critical', remaining: 0.1, outlook: { kind: 'ends', at: 1_050_000 } },
  { name: 'lost', state: 'no-data', since: 999_000, staleSince: 999_000, outlook: { kind: 'frozen' }, lastDataTs: 999_000 },
  { name: 'lost long ago', state: 'no-data', since: 0, outlook: { kind: 'frozen' }, lastDataTs: null },
  { name: 'slow', state: 'warning', burn1h: 1.5 },
])
const BY_URGENCY: Sort = { key: 'urgency', descending: true }
const names = (filter: Partial<OverviewFilter> = {}, sort = BY_URGENCY, grouping: Grouping = 'urgency') => {
  const view = overviewView(table, { ...NO_FILTER, ...filter }, sort, grouping)
  return view.items.map((item) => (item < 0 ? view.groups[-1 - item]?.title : table.columns.name[item]))
}

describe('overviewView', () => {
  it('puts what pages first, then what can be saved, gone and lost, in three groups', () => {
    expect(names()).toEqual([
      ...['Needs eyes first', 'paging', 'critical', 'gone', 'lost'],
      ...['Watch', 'lost long ago', 'slow'],
      ...['Within budget', 'calm'],
    ])
  })
  it('sorts flat by a column, with the unknown last either way', () => {
    expect(names({}, { key: 'burn1h', descending: true }).at(-1)).toBe('calm')
    expect(names({}, { key: 'burn1h', descending: false }).at(-1)).toBe('calm')
    expect(names({}, { key: 'remaining', descending: false })[0]).toBe('gone')
    expect(names({}, { key: 'age', descending: true })[0]).toBe('lost')
    expect(names({}, { key: 'outlook', descending: false })[0]).toBe('critical')
  })
  it('groups by owner and service, the most urgent group first', () => {
    expect(names({}, BY_URGENCY, 'service').filter((name) => name === 'identity' || name === 'checkout')).toEqual([
      'identity',
      'checkout',
    ])
    expect(names({ owner: ['Data'] }, BY_URGENCY, 'owner')).toEqual(['Data', 'gone'])
  })
  it('filters by words in any order, by values, by label and by spotlight', () => {
    const rows = (filter: Partial<OverviewFilter>) =>
      overviewView(table, { ...NO_FILTER, ...filter }, BY_URGENCY, 'urgency').matched
    expect(rows({ q: 'paging IDENTITY' })).toBe(1)
    expect(rows({ state: ['exhausted', 'critical'] })).toBe(2)
    expect(rows({ label: ['env=prod'] })).toBe(1)
    expect(rows({ only: 'alerts' })).toBe(1)
    expect(rows({ only: 'ending' })).toBe(1)
    expect(rows({ only: 'stale', q: 'nothing' })).toBe(0)
    expect(rows({ gating: true })).toBe(0)
  })
  it('knows whether a filter is set', () => {
    expect(isFiltering(NO_FILTER)).toBe(false)
    expect(isFiltering({ ...NO_FILTER, gating: false })).toBe(true)
  })
})

describe('sliceView', () => {
  it('keeps the first rows, their groups and the counts of the whole', () => {
    const view = overviewView(table, NO_FILTER, BY_URGENCY, 'urgency')
    const top = sliceView(table, view, 5)
    expect(top.table.columns.name).toEqual(['paging', 'critical', 'gone', 'lost', 'lost long ago'])
    expect(top.view.items).toEqual([-1, 0, 1, 2, 3, -2, 4])
    expect(top.view.matched).toBe(7)
  })
})

describe('overviewSummary', () => {
  it('counts states, alerts, endings and stale rows', () => {
    const summary = overviewSummary(table)
    expect(summary.states.map(({ count }) => count)).toEqual([1, 1, 1, 0, 2, 2, 0])
    expect(summary.states[0]?.entered).toBe(1)
    expect([summary.pages, summary.tickets, summary.ending, summary.stale]).toEqual([1, 0, 1, 1])
    expect(summary.staleSince).toBe(999_000)
  })
})

describe('sorting by every column', () => {
  // Every row has another value in every column, two are unknown in some, and no two columns share an order.
  const place = (row: number, column: number) => (row * (2 * column + 3) + column) % 11
  const wide = tableOf(
    Array.from({ length: 11 }, (_, row) => ({
      name: `name ${String(place(row, 1)).padStart(2, '0')}`,
      service: `service ${String(place(row, 2)).padStart(2, '0')}`,
      team: `team ${String(place(row, 3)).padStart(2, '0')}`,
      target: 0.9 + place(row, 6) / 1_000,
      sli: row === 4 ? null : 0.9 + place(row, 7) / 1_000,
      remaining: row === 5 ? null : place(row, 8) / 11 - 0.5,
      burn1h: row === 6 ? null : place(row, 9),
      burn6h: place(row, 10),
      burn24h: row === 0 ? null : place(row, 11) / 3,
      pace: place(row, 12) / 7,
      outlook: place(row, 13) === 0 ? { kind: 'gone' } : { kind: 'ends', at: 1_000_000 + place(row, 13) * 60 },
      lastDataTs: row === 7 ? null : 1_000_000 - place(row, 14) * 60,
    })),
  )
  /** What a person would read in the column, written down once more. */
  const shown: Record<SortKey, (columns: OverviewColumns, row: number) => string | number | null | undefined> = {
    service: (columns, row) => columns.service[row],
    name: (columns, row) => columns.name[row],
    owner: (columns, row) => columns.team[row],
    target: (columns, row) => columns.target[row],
    sli: (columns, row) => columns.sli[row],
    remaining: (columns, row) => columns.remaining[row],
    burn1h: (columns, row) => columns.burn1h[row],
    burn6h: (columns, row) => columns.burn6h[row],
    burn24h: (columns, row) => columns.burn24h[row],
    pace: (columns, row) => columns.pace[row],
    outlook: (columns, row) => (columns.outlook[row] as { at?: number }).at ?? 0,
    age: ({ lastDataTs }, row) => (lastDataTs[row] == null ? null : 1_000_000 - (lastDataTs[row] as number)),
  }

  it.each(
    SORT_KEYS.flatMap((key) => [
      { key, descending: false },
      { key, descending: true },
    ]),
  )('$key, descending: $descending', (sort) => {
    const read = (row: number) => shown[sort.key](wide.columns, row) ?? null
    // A selection sort over what is known, then the unknown: slow, and another way than the one under test.
    const left = Array.from({ length: 11 }, (_, row) => row).filter((row) => read(row) !== null)
    const expected: number[] = []
    while (left.length > 0) {
      const best = left.reduce((a, b) => {
        const less = (read(b) as number) < (read(a) as number)
        return less !== sort.descending ? b : a
      })
      expected.push(best)
      left.splice(left.indexOf(best), 1)
    }
    for (let row = 0; row < 11; row += 1) if (read(row) === null) expected.push(row)
    expect(overviewView(wide, NO_FILTER, sort, 'urgency').items.map((row) => wide.columns.id[row])).toEqual(
      expected.map((row) => wide.columns.id[row]),
    )
  })
})

describe('the values of a filter', () => {
  const facets = facetOf(Array.from({ length: 300 }, (_, i) => Array.from({ length: 300 - i }, () => `team ${i}`)).flat())
  it('stand by their number, and each of hundreds is found by its words', () => {
    expect(facets).toHaveLength(300)
    expect(facets[0]).toEqual({ value: 'team 0', count: 300 })
    for (const { value } of facets) expect(facetsMatching(facets, value, []).map((one) => one.value)).toContain(value)
    expect(facetsMatching(facets, '299 TEAM', []).map(({ value }) => value)).toEqual(['team 299'])
    expect(facetsMatching(facets, 'nothing', [])).toEqual([])
  })
  it('begin with those that are chosen', () =>
    expect(facetsMatching(facets, '', ['team 250'])[0]).toEqual({ value: 'team 250', count: 50 }))
})
