import { describe, expect, it } from 'vitest'
import { isFiltering, NO_FILTER, type OverviewFilter } from './overview-filter'
import { tableOf } from './overview-fixture'
import type { Grouping, Sort } from './overview-rows'
import { sliceView } from './overview-slice'
import { overviewSummary } from './overview-summary'
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
