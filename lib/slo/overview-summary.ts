import { DAY } from '../time-series/units'
import type { Outlook } from './outlook'
import { endsWithin } from './overview-filter'
import type { OverviewColumns, OverviewTable } from './overview-rows'
import { SLO_STATES, type SloState } from './state'

export type StateCount = { state: SloState; count: number; entered: number }
export type OverviewSummary = {
  total: number
  states: StateCount[]
  pages: number
  tickets: number
  /** budgets that end within 48 h at their pace */
  ending: number
  stale: number
  staleSince: number | null
  /** of the alert pairs in the headers; those of the first row */
  thresholds: (number | null)[]
  severities: ('page' | 'ticket' | null)[]
}

/** The counts above the table: always of everything, whatever the filter. */
export function overviewSummary({ columns, asOf }: OverviewTable): OverviewSummary {
  const now = asOf ?? 0
  const states = SLO_STATES.map((state) => ({ state, count: 0, entered: 0 }))
  const summary: OverviewSummary = {
    total: columns.id.length,
    states,
    pages: 0,
    tickets: 0,
    ending: 0,
    stale: 0,
    staleSince: null,
    thresholds: columns.thresholds.find(({ length }) => length > 0) ?? [],
    severities: columns.severities.find(({ length }) => length > 0) ?? [],
  }
  for (let row = 0; row < summary.total; row += 1) {
    const count = states[SLO_STATES.indexOf(columns.state[row] as SloState)] as StateCount
    count.count += 1
    if (now - (columns.since[row] as number) < DAY) count.entered += 1
    if (columns.alert[row] === 'page') summary.pages += 1
    if (columns.alert[row] === 'ticket') summary.tickets += 1
    if (endsWithin(columns.outlook[row] as Outlook | null, now, 2 * DAY)) summary.ending += 1
    const stale = columns.staleSince[row] ?? null
    if (stale !== null) {
      summary.stale += 1
      summary.staleSince = Math.min(summary.staleSince ?? stale, stale)
    }
  }
  return summary
}

/** What a filter menu offers, most frequent first. */
export type Facet = { value: string; count: number }

export function facetOf(values: Iterable<string>): Facet[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** The values that contain all of these words; chosen ones come first, so that they can be taken back. */
export function facetsMatching(facets: Facet[], words: string, chosen: string[]): Facet[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = facets.filter(({ value }) => wanted.every((word) => value.toLowerCase().includes(word)))
  const isChosen = ({ value }: Facet) => chosen.includes(value)
  return [...found.filter(isChosen), ...found.filter((facet) => !isChosen(facet))]
}

export const FACETS = {
  tier: (columns: OverviewColumns) => facetOf(columns.tier),
  kind: (columns: OverviewColumns) => facetOf(columns.kind),
  owner: (columns: OverviewColumns) => facetOf(columns.team),
  window: (columns: OverviewColumns) => facetOf(columns.window),
  label: (columns: OverviewColumns) => facetOf(columns.labels.flat()),
  check: (columns: OverviewColumns) => facetOf(columns.findings.flat()),
}
