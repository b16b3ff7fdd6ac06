import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ServiceList } from '@/components/service/service-list'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { listServices } from '@/lib/service/reads'

export const metadata: Metadata = { title: 'Services' }

export default async function ServicesPage() {
  const actor = await requireActorForPage()
  const services = await listServices(actor)
  return (
    <>
      <TopBar title="Services" person={personOf(actor)} />
      <main id="content" className="content">
        <ServiceList services={services} />
      </main>
    </>
  )
}
