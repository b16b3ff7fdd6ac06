import type { Metadata } from 'next'
import { Freshness } from '@/components/frame/freshness'
import { NewSloLink } from '@/components/frame/new-slo-link'
import { TopBar } from '@/components/frame/top-bar'
import { ServicePage } from '@/components/service/service-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { budgetPolicyOfService } from '@/lib/policy/reads'
import { canDefineService } from '@/lib/service/policy'
import { canDefineSlo } from '@/lib/slo/policy'
import { Gate } from './gate'
import { loadService } from './load'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadService((await params).slug)).service.name }
}

export default async function ServiceRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const { service, slos } = await loadService((await params).slug)
  const { slug, name, version } = await budgetPolicyOfService(actor, service.slug)
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <TopBar title={service.name} parents={[{ href: '/services', name: 'Services' }]} person={personOf(actor)}>
        <Freshness asOf={slos.asOf} start={now} />
        {canDefineSlo(actor) ? <NewSloLink service={service.slug} /> : null}
      </TopBar>
      <main id="content" className="content">
        <ServicePage
          {...{ service, slos, now, policy: { slug, name, version } }}
          mayDefine={canDefineService(actor)}
          gate={<Gate slug={service.slug} now={now} />}
        />
      </main>
    </>
  )
}
