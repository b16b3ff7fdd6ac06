import type { Metadata } from 'next'
import { cache } from 'react'
import { WaiverPage } from '@/components/decision/waiver-page'
import { TopBar } from '@/components/frame/top-bar'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { waiver } from '@/lib/decision/reads-waivers'
import { waiverIdSchema } from '@/lib/decision/schema'
import { waiverName } from '@/lib/decision/words'
import { orNotFound } from '@/lib/page'

type Props = { params: Promise<{ id: string }> }
const load = cache((id: string) => orNotFound(async () => waiver(await requireActorForPage(), waiverIdSchema.parse(id))))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, service } = await load((await params).id)
  return { title: `${waiverName(id)} ${service.name}` }
}

export default async function WaiverRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const found = await load((await params).id)
  const parents = [
    { href: '/releases', name: 'Releases' },
    { href: '/waivers', name: 'Waivers' },
  ]
  return (
    <>
      <TopBar title={waiverName(found.id)} parents={parents} person={personOf(actor)} />
      <main id="content" className="content">
        <WaiverPage waiver={found} now={Math.floor(Date.now() / 1000)} />
      </main>
    </>
  )
}
