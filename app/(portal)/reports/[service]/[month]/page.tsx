import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ReportPage } from '@/components/report/report-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { monthName } from '@/lib/report/month'
import { canBuildReports } from '@/lib/report/policy'
import { subscribing } from '../../subscribing'
import { loadReport, type Props } from './load'

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { name, month } = (await loadReport(props)).head
  return { title: `${name}, ${monthName(month)}` }
}

export default async function ReportRoute(props: Props) {
  const actor = await requireActorForPage()
  const { head, html, revisions } = await loadReport(props)
  return (
    <>
      <TopBar
        title={`${head.name}, ${monthName(head.month)}`}
        parents={[{ href: '/reports', name: 'Reports' }]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        <ReportPage
          {...{ head, html, revisions, subscribing: await subscribing(actor) }}
          may={canBuildReports(actor)}
          now={Math.floor(Date.now() / 1000)}
        />
      </main>
    </>
  )
}
