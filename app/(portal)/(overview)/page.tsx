import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { Freshness } from '@/components/frame/freshness'
import { NewSloLink } from '@/components/frame/new-slo-link'
import { TopBar } from '@/components/frame/top-bar'
import { facetsOf } from '@/components/overview/facets'
import { Overview } from '@/components/overview/overview'
import { filterOf, groupingOf, loadOverviewParams, sortOf } from '@/components/overview/search-params'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { sliceView } from '@/lib/slo/overview-slice'
import { overviewSummary } from '@/lib/slo/overview-summary'
import { overviewView } from '@/lib/slo/overview-view'
import { canDefineSlo } from '@/lib/slo/policy'
import { overviewTable } from '@/lib/slo/reads'

export const metadata: Metadata = { title: 'Overview' }

/** The browser has the rest a moment later. */
const FIRST_ROWS = 50

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActorForPage()
  const [table, params] = [await overviewTable(actor), await loadOverviewParams(searchParams)]
  const view = overviewView(table, filterOf(params), sortOf(params), groupingOf(params))
  const now = Math.floor(Date.now() / 1000)
  const start = { ...sliceView(table, view, FIRST_ROWS), summary: overviewSummary(table), facets: facetsOf(table), now }
  return (
    <>
      <TopBar title="Overview" person={personOf(actor)}>
        <Freshness asOf={table.asOf} start={now} />
        {canDefineSlo(actor) ? <NewSloLink /> : null}
      </TopBar>
      <main id="content" className="content">
        <Overview start={start} />
      </main>
    </>
  )
}
