import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { SummaryFilter } from '@/components/report/summary-filter'
import { SummaryPage } from '@/components/report/summary-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { plainSummary } from '@/lib/report/plain-words'
import { reportOrPreview } from '@/lib/report/reads-file'
import { reportChoices, reportMonths } from '@/lib/report/reads-matrix'
import { summaryPageSchema } from '@/lib/report/schema'

export const metadata: Metadata = { title: 'In plain words' }
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SummaryRoute({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const params = await searchParams
  const months = reportMonths()
  const { key, report } = await orNotFound(async () => {
    const { service, month } = summaryPageSchema.parse(params)
    const wanted = { service: service || null, month: month ?? months.at(-2) ?? '', revision: undefined }
    return { key: wanted, report: await reportOrPreview(actor, wanted) }
  })
  return (
    <>
      <TopBar title="In plain words" parents={[{ href: '/reports', name: 'Reports' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <SummaryFilter services={await reportChoices(actor)} months={[...months].reverse()} {...key} />
        <SummaryPage summary={plainSummary(report)} {...key} />
      </main>
    </>
  )
}
