import type { Outlook } from './outlook'
import { matching, type OverviewFilter } from './overview-filter'
import { type Grouping, indexOf, type OverviewColumns, type OverviewIndex, type OverviewTable, type Sort } from './overview-rows'

export type OverviewGroup = { title: string; rule: string; count: number }

/** A list for the screen: `items` holds rows, and −1 − g where group g begins. */
export type OverviewView = { items: number[]; groups: OverviewGroup[]; matched: number }

const URGENCY: { title: string; rule: string }[] = [
  { title: 'Needs eyes first', rule: 'page firing, budget gone or critical, or data lost' },
  { title: 'Watch', rule: 'warning, attention, or too little to judge' },
  { title: 'Within budget', rule: '' },
]

/** Far beyond any countdown; what will not end sorts after what will. */
const NEVER = 1e12

function endOf(outlook: Outlook | null): number {
  if (outlook?.kind === 'gone') return 0
  return outlook?.kind === 'ends' ? outlook.at : NEVER
}

type Value = string | number | null
function valueReader(columns: OverviewColumns, key: Exclude<Sort['key'], 'urgency'>): (row: number) => Value {
  if (key === 'owner') return (row) => columns.team[row] ?? null
  if (key === 'outlook') return (row) => endOf(columns.outlook[row] as Outlook | null)
  // The oldest data has the highest age.
  if (key === 'age') return (row) => (columns.lastDataTs[row] == null ? null : -(columns.lastDataTs[row] as number))
  const column: readonly Value[] = columns[key]
  return (row) => column[row] ?? null
}

/** Stable: equal values keep the order of urgency. Unknown comes last, whichever the direction. */
function sorted(index: OverviewIndex, rows: number[], { key, descending }: Sort): number[] {
  if (key === 'urgency') return descending ? rows : rows.reverse()
  const value = valueReader(index.table.columns, key)
  const decorated = rows.map((row) => ({ row, value: value(row) }))
  const sign = descending ? -1 : 1
  decorated.sort((a, b) => {
    if (a.value === b.value) return 0
    if (a.value === null) return 1
    if (b.value === null) return -1
    return (a.value < b.value ? -1 : 1) * sign
  })
  return decorated.map(({ row }) => row)
}

function grouped(rows: number[], keyOf: (row: number) => string, titled: (key: string, rows: number[]) => OverviewGroup) {
  const buckets = new Map<string, number[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const bucket = buckets.get(key)
    if (bucket) bucket.push(row)
    else buckets.set(key, [row])
  }
  const groups: OverviewGroup[] = []
  const items: number[] = []
  for (const [key, members] of buckets) {
    items.push(-1 - groups.length)
    groups.push(titled(key, members))
    for (const row of members) items.push(row)
  }
  return { groups, items }
}

/** Filter, sort, group. Groups of urgency exist only while the order is urgency: they are that order. */
export function overviewView(table: OverviewTable, filter: OverviewFilter, sort: Sort, grouping: Grouping): OverviewView {
  const index = indexOf(table)
  const { columns } = table
  const rows = sorted(index, matching(index, filter), sort)
  const matched = rows.length
  if (grouping === 'urgency') {
    if (sort.key !== 'urgency') return { items: rows, groups: [], matched }
    const titled = (key: string, members: number[]) => ({
      ...(URGENCY[Number(key)] as { title: string; rule: string }),
      count: members.length,
    })
    return { ...grouped(rows, (row) => String(index.urgency[row]), titled), matched }
  }
  const column = grouping === 'service' ? columns.service : columns.team
  const titled = (title: string, members: number[]) => {
    const first = members[0] as number
    const rule = grouping === 'service' ? `${columns.tier[first]} ${columns.kind[first]}, ${columns.team[first]}` : ''
    return { title, rule, count: members.length }
  }
  return { ...grouped(rows, (row) => column[row] as string, titled), matched }
}
