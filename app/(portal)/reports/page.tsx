import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { BuildDialog } from '@/components/report/build-dialog'
import { ReportFilter } from '@/components/report/report-filter'
import { ReportMatrix } from '@/components/report/report-matrix'
import { loadReportParams } from '@/components/report/search-params'
import { SubscribeDialog } from '@/components/report/subscribe-dialog'
import { Link } from '@/components/ui/link'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canBuildReports, canSubscribeOthers } from '@/lib/report/policy'
import { reportMatrix } from '@/lib/report/reads-matrix'
import { subscribing } from './subscribing'

export const metadata: Metadata = { title: 'Reports' }
type Props = { searchParams: Promise<Record<string, string | string[]>> }

export default async function ReportsPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const { q } = await loadReportParams(searchParams)
  const matrix = await reportMatrix(actor, q)
  const offered = await subscribing(actor)
  return (
    <>
      <TopBar title="Reports" person={personOf(actor)}>
        <Link className="btn btn-sm" href="/reports/summary">
          In plain words
        </Link>
        <SubscribeDialog {...offered} others={canSubscribeOthers(actor)} preset={null} />
        {canBuildReports(actor) ? (
          <BuildDialog services={offered.services} months={matrix.months.slice(0, -1).reverse()} />
        ) : null}
      </TopBar>
      <main id="content" className="content">
        <ReportFilter />
        <ReportMatrix matrix={matrix} now={Math.floor(Date.now() / 1000)} filtered={q !== ''} />
      </main>
    </>
  )
}
