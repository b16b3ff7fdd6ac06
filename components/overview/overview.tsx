'use client'
import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useDeferredValue, useMemo, useRef } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { useKeysState } from '@/components/ui/use-keys'
import { useNow } from '@/components/ui/use-now'
import { NO_FILTER, type OverviewFilter, type Spotlight } from '@/lib/slo/overview-filter'
import type { Sort, OverviewTable as Table } from '@/lib/slo/overview-rows'
import { type OverviewSummary, overviewSummary } from '@/lib/slo/overview-summary'
import { type OverviewView, overviewView } from '@/lib/slo/overview-view'
import { overviewQuery } from '@/lib/slo/query-options'
import type { SloState } from '@/lib/slo/state'
import { type Facets, facetsOf } from './facets'
import { FilterBar } from './filter-bar'
import { OverviewTable } from './overview-table'
import { RefreshNotice } from './refresh-notice'
import { filterOf, groupingOf, overviewParams, sortOf } from './search-params'
import { StateStrip } from './state-strip'
import { useRowKeys } from './use-row-keys'

/** What the server paints: counts of everything, and the top of the list. */
export type OverviewStart = { table: Table; view: OverviewView; summary: OverviewSummary; facets: Facets; now: number }

/** Columns that read best from the top of the alphabet or the lowest figure. */
const ASCENDING: Sort['key'][] = ['service', 'name', 'owner', 'remaining', 'sli', 'outlook', 'target']

export function Overview({ start }: { start: OverviewStart }) {
  const query = useQuery(overviewQuery())
  const [params, setParams] = useQueryStates(overviewParams, { history: 'replace' })
  const chosen = useDeferredValue(params)
  const now = useNow(start.now)
  const { data } = query
  const table = data ?? start.table
  const summary = useMemo(() => (data ? overviewSummary(data) : start.summary), [data, start])
  const facets = useMemo(() => (data ? facetsOf(data) : start.facets), [data, start])
  const view = useMemo(
    () => (data ? overviewView(data, filterOf(chosen), sortOf(chosen), groupingOf(chosen)) : start.view),
    [data, chosen, start],
  )
  const search = useRef<HTMLInputElement>(null)
  const focusRow = useRef<(place: number) => void>(() => {})
  const keys = useKeysState()
  useRowKeys({ items: view.items, focusRow, search })

  const change = (filter: Partial<OverviewFilter>) => setParams(filter)
  const onState = (state: SloState) =>
    change({ state: params.state.includes(state) ? params.state.filter((one) => one !== state) : [...params.state, state] })
  const onOnly = (only: Spotlight) => change({ only: params.only === only ? null : only })
  const onSort = (key: Sort['key']) => {
    const same = params.sort === key
    const first = ASCENDING.includes(key) ? 'asc' : 'desc'
    setParams({ sort: key, dir: same ? (params.dir === 'asc' ? 'desc' : 'asc') : first })
  }
  const clear = () => change(NO_FILTER)
  if (summary.total === 0)
    return (
      <EmptyState
        title="No SLOs yet"
        action={
          <Link className="btn" href="/slos/import">
            Import files
          </Link>
        }
      >
        Services and their objectives appear here as soon as they are defined, each with ninety days of history read from its
        source.
      </EmptyState>
    )
  return (
    <>
      <RefreshNotice error={query.error} asOf={table.asOf} now={now} onRetry={() => query.refetch()} />
      <StateStrip summary={summary} states={params.state} only={params.only} now={now} onState={onState} onOnly={onOnly} />
      <FilterBar
        filter={filterOf(params)}
        facets={facets}
        grouping={params.group}
        matched={view.matched}
        total={summary.total}
        search={search}
        onChange={change}
        onGrouping={(group) => setParams({ group })}
        onClear={clear}
      />
      <OverviewTable
        table={table}
        view={view}
        complete={data !== undefined}
        heads={summary}
        sort={sortOf(params)}
        onSort={onSort}
        now={now}
        focusRow={focusRow}
      />
      {view.matched === 0 ? (
        <EmptyState
          title="Nothing matches"
          action={
            <button type="button" className="btn" onClick={clear}>
              Clear the filter
            </button>
          }
        >
          None of the {summary.total} SLOs fits what you chose.
        </EmptyState>
      ) : null}
      <footer className="keys">
        <span>
          <kbd>j</kbd>
          <kbd>k</kbd> row
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
        <span>
          <kbd>/</kbd> filter
        </span>
        <button type="button" className="keys-all" onClick={keys.show}>
          <kbd>?</kbd> all keys
        </button>
      </footer>
    </>
  )
}
