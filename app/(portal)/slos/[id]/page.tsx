import type { Metadata } from 'next'
import { Freshness } from '@/components/frame/freshness'
import { TopBar } from '@/components/frame/top-bar'
import { SloPage } from '@/components/slo/detail/slo-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRequestCorrection } from '@/lib/correction/policy'
import { maySlo } from '@/lib/slo/policy'
import { loadSlo, loadSloPage } from './load'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ range?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, service } = await loadSlo((await params).id)
  return { title: `${name}, ${service.name}` }
}

export default async function SloRoute({ params, searchParams }: Props) {
  const actor = await requireActorForPage()
  const start = await loadSloPage((await params).id, (await searchParams).range)
  const { service, name, status } = start.detail
  return (
    <>
      <TopBar
        title={name}
        parents={[
          { href: '/', name: 'Overview' },
          { href: `/services/${service.slug}`, name: service.name },
        ]}
        person={personOf(actor)}
      >
        <Freshness asOf={status?.ts ?? null} start={start.now} />
      </TopBar>
      <main id="content" className="content">
        <SloPage start={start} may={{ ...maySlo(actor), correct: canRequestCorrection(actor) }} />
      </main>
    </>
  )
}
