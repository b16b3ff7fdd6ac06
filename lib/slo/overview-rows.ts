import type { z } from 'zod'
import type { UnixSeconds } from '../time-series/units'
import type { Outlook } from './outlook'
import type { overviewTableSchema } from './schema'
import type { SloState } from './state'

export type OverviewTable = z.infer<typeof overviewTableSchema>
export type OverviewColumns = OverviewTable['columns']

export const GROUPINGS = ['urgency', 'service', 'owner'] as const
export type Grouping = (typeof GROUPINGS)[number]

export const SORT_KEYS = [
  'service',
  'name',
  'target',
  'sli',
  'remaining',
  'burn1h',
  'burn6h',
  'burn24h',
  'pace',
  'outlook',
  'owner',
  'age',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

/** `urgency` is the order of trouble; every other key sorts by its column. */
export type Sort = { key: 'urgency' | SortKey; descending: boolean }

/** Needs eyes first, watch, within budget. */
export type Urgency = 0 | 1 | 2

/** Sorted inside a group: what pages, then what can still be saved, then what is gone, then what is unknown. */
const TROUBLE: Record<SloState, number> = {
  critical: 1,
  exhausted: 2,
  'no-data': 3,
  warning: 4,
  attention: 5,
  'not-enough-data': 6,
  healthy: 7,
}

/** A loss of data is fresh for a day; after that somebody knows and it only needs watching. */
const FRESH_LOSS = 86_400

export function urgencyOf(columns: OverviewColumns, row: number, asOf: UnixSeconds): Urgency {
  const state = columns.state[row]
  if (columns.alert[row] === 'page' || state === 'critical' || state === 'exhausted') return 0
  if (state === 'no-data') {
    const outlook = columns.outlook[row] as Outlook | null
    const fresh = asOf - (columns.since[row] ?? 0) < FRESH_LOSS
    return outlook?.kind === 'frozen' && fresh ? 0 : 1
  }
  return state === 'healthy' ? 2 : 1
}

/** What filters and sorts need, worked out once per table instead of once per key press. */
export type OverviewIndex = {
  table: OverviewTable
  size: number
  urgency: Uint8Array
  /** rows from the most to the least urgent */
  order: Int32Array
  /** lower case, for the search field */
  text: string[]
}

const indexes = new WeakMap<OverviewTable, OverviewIndex>()

export function indexOf(table: OverviewTable): OverviewIndex {
  const known = indexes.get(table)
  if (known) return known
  const { columns } = table
  const size = columns.id.length
  const asOf = table.asOf ?? 0
  const urgency = new Uint8Array(size)
  const weight = new Float64Array(size)
  const text: string[] = new Array(size)
  for (let row = 0; row < size; row += 1) {
    const group = urgencyOf(columns, row, asOf)
    urgency[row] = group
    const trouble = columns.alert[row] === 'page' ? 0 : (TROUBLE[columns.state[row] ?? 'healthy'] ?? 7)
    // Whole points only: a row keeps its place while its budget moves by decimals.
    const left = Math.max(-999, Math.min(100, Math.floor((columns.remaining[row] ?? 0) * 100)))
    weight[row] = group * 1e6 + trouble * 1e4 + left + 999
    text[row] =
      `${columns.service[row]} ${columns.name[row]} ${columns.team[row]} ${columns.labels[row]?.join(' ')} ${columns.findings[row]?.join(' ')}`.toLowerCase()
  }
  const order = Int32Array.from({ length: size }, (_, row) => row)
  order.sort((a, b) => (weight[a] as number) - (weight[b] as number) || a - b)
  const index = { table, size, urgency, order, text }
  indexes.set(table, index)
  return index
}
