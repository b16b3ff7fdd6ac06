import type { Metadata } from 'next'
import { NewLink } from '@/components/frame/new-link'
import { TopBar } from '@/components/frame/top-bar'
import { ServiceList } from '@/components/service/service-list'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDefineService } from '@/lib/service/policy'
import { listServices } from '@/lib/service/reads'

export const metadata: Metadata = { title: 'Services' }

export default async function ServicesPage() {
  const actor = await requireActorForPage()
  const services = await listServices(actor)
  const may = canDefineService(actor)
  return (
    <>
      <TopBar title="Services" person={personOf(actor)}>
        {may ? <NewLink href="/services/new" name="New service" /> : null}
      </TopBar>
      <main id="content" className="content">
        <ServiceList services={services} mayDefine={may} />
      </main>
    </>
  )
}
