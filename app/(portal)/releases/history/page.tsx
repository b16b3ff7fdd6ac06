import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { Proposals } from '@/components/release/proposals'
import { ReleaseList } from '@/components/release/release-list'
import { ServiceFilter } from '@/components/release/service-filter'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDecideAttributions } from '@/lib/release/policy'
import { releasesPage } from '@/lib/release/reads-page'

export const metadata: Metadata = { title: 'What went out' }
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ReleaseHistoryPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const page = await releasesPage(actor, await searchParams)
  return (
    <>
      <TopBar title="What went out" parents={[{ href: '/releases', name: 'Releases' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <LiveRefresh />
        <Proposals proposals={page.proposals} now={page.now} may={canDecideAttributions(actor)} />
        <ServiceFilter services={page.services} service={page.service} />
        <ReleaseList {...page} />
      </main>
    </>
  )
}
