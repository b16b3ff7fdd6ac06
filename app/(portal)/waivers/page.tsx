import type { Metadata } from 'next'
import type { z } from 'zod'
import { NewWaiver } from '@/components/decision/new-waiver'
import { WaiverList } from '@/components/decision/waiver-list'
import { TopBar } from '@/components/frame/top-bar'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { waiversPage } from '@/lib/decision/reads-waivers-page'
import { waiverFilterSchema } from '@/lib/decision/schema'

export const metadata: Metadata = { title: 'Waivers' }
const askedSchema = waiverFilterSchema.catch({})
type Props = { searchParams: Promise<z.input<typeof waiverFilterSchema>> }

export default async function WaiversPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const { service } = askedSchema.parse(await searchParams)
  const { groups, services } = await waiversPage(actor, service)
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <TopBar title="Waivers" parents={[{ href: '/releases', name: 'Releases' }]} person={personOf(actor)}>
        {services.length > 0 ? <NewWaiver services={services} now={now} /> : null}
      </TopBar>
      <main id="content" className="content">
        <LiveRefresh />
        <WaiverList groups={groups} now={now} />
      </main>
    </>
  )
}
