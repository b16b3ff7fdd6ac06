import { DAY } from '../time-series/units'
import type { Outlook } from './outlook'
import type { OverviewColumns, OverviewIndex } from './overview-rows'
import type { SloState } from './state'

/** The three counts beside the states, as filters. */
export const SPOTLIGHTS = ['alerts', 'ending', 'stale'] as const
export type Spotlight = (typeof SPOTLIGHTS)[number]

/** Empty lists and strings filter nothing. Values inside one list are alternatives, lists add up. */
export type OverviewFilter = {
  q: string
  state: SloState[]
  tier: string[]
  kind: string[]
  owner: string[]
  gating: boolean | null
  window: string[]
  label: string[]
  /** names of what is suspicious */
  check: string[]
  only: Spotlight | null
}

export const NO_FILTER: OverviewFilter = {
  q: '',
  state: [],
  tier: [],
  kind: [],
  owner: [],
  gating: null,
  window: [],
  label: [],
  check: [],
  only: null,
}

export const isFiltering = (filter: OverviewFilter): boolean =>
  Object.values(filter).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null && value !== ''))

export const endsWithin = (outlook: Outlook | null, asOf: number, seconds: number): boolean =>
  outlook?.kind === 'ends' && outlook.at <= asOf + seconds

export function inSpotlight(columns: OverviewColumns, row: number, asOf: number, only: Spotlight): boolean {
  if (only === 'alerts') return columns.alert[row] != null
  if (only === 'stale') return columns.staleSince[row] != null
  return endsWithin(columns.outlook[row] as Outlook | null, asOf, 2 * DAY)
}

/** One test per filter that is set; rows that pass all of them, in the order of urgency. */
export function matching(index: OverviewIndex, filter: OverviewFilter): number[] {
  const { columns, asOf } = index.table
  const tests: ((row: number) => boolean)[] = []
  const oneOf = (column: string[], wanted: string[]) => {
    if (wanted.length > 0) {
      const set = new Set(wanted)
      tests.push((row) => set.has(column[row] as string))
    }
  }
  oneOf(columns.state, filter.state)
  oneOf(columns.tier, filter.tier)
  oneOf(columns.kind, filter.kind)
  oneOf(columns.team, filter.owner)
  oneOf(columns.window, filter.window)
  const { gating, label, check, only } = filter
  if (gating !== null) tests.push((row) => columns.gating[row] === gating)
  if (label.length > 0) tests.push((row) => label.some((wanted) => columns.labels[row]?.includes(wanted)))
  if (check.length > 0) tests.push((row) => check.some((wanted) => columns.findings[row]?.includes(wanted)))
  if (only !== null) tests.push((row) => inSpotlight(columns, row, asOf ?? 0, only))
  for (const word of filter.q.toLowerCase().split(/\s+/).filter(Boolean))
    tests.push((row) => (index.text[row] as string).includes(word))
  const rows: number[] = []
  for (const row of index.order) if (tests.every((test) => test(row))) rows.push(row)
  return rows
}
