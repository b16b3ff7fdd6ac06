import type { OverviewColumns, OverviewTable } from './overview-rows'
import type { OverviewView } from './overview-view'

/** The top of a view with only the rows it shows: what the server paints before the browser has the table. */
export function sliceView(table: OverviewTable, view: OverviewView, rows: number): { table: OverviewTable; view: OverviewView } {
  const kept: number[] = []
  const items: number[] = []
  for (const item of view.items) {
    if (kept.length === rows) break
    items.push(item < 0 ? item : kept.push(item) - 1)
  }
  const entries = Object.entries(table.columns).map(([key, column]) => [key, kept.map((row) => column[row])])
  return {
    table: { ...table, columns: Object.fromEntries(entries) as OverviewColumns },
    view: { ...view, items },
  }
}
