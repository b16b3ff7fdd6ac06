import { Freshness } from '@/components/frame/freshness'
import { TopBar } from '@/components/frame/top-bar'
import { ServicePage } from '@/components/service/service-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { serviceDetail } from '@/lib/service/reads'

export default async function ServiceRoute({ params }: { params: Promise<{ slug: string }> }) {
  const actor = await requireActorForPage()
  const { service, slos } = await orNotFound(async () => serviceDetail(actor, (await params).slug))
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <title>{`${service.name} · Headroom`}</title>
      <TopBar title={service.name} parents={[{ href: '/services', name: 'Services' }]} person={personOf(actor)}>
        <Freshness asOf={slos.asOf} start={now} />
      </TopBar>
      <main id="content" className="content">
        <ServicePage service={service} slos={slos} now={now} />
      </main>
    </>
  )
}
