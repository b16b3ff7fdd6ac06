import type { Metadata } from 'next'
import { DriftPage } from '@/components/drift/drift-page'
import { TopBar } from '@/components/frame/top-bar'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canCheckDrift, WHO_CHECKS } from '@/lib/drift/policy'
import { driftReport } from '@/lib/drift/reads'
import { driftQuerySchema } from '@/lib/drift/schema'
import { orNotFound } from '@/lib/page'

export const metadata: Metadata = { title: 'Drift' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Drift({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const asked = await searchParams
  const { query, report } = await orNotFound(async () => {
    const query = driftQuerySchema.parse(asked)
    return { query, report: await driftReport(actor, query) }
  })
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <TopBar title="Drift" person={personOf(actor)} />
      <main id="content" className="content">
        <DriftPage report={report} query={query} may={canCheckDrift(actor)} why={WHO_CHECKS} now={now} />
      </main>
    </>
  )
}
