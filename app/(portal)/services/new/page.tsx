import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ServiceEditor } from '@/components/service/editor/service-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDefineService } from '@/lib/service/policy'
import { newServiceStart } from '@/lib/service/reads-editor'

export const metadata: Metadata = { title: 'New service' }

export default async function NewServicePage() {
  const actor = await requireActorForPage()
  const start = canDefineService(actor) ? await newServiceStart(actor) : null
  return (
    <>
      <TopBar title="New service" parents={[{ href: '/services', name: 'Services' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {start ? (
          <ServiceEditor start={start} />
        ) : (
          <Forbidden>Engineers, SLO owners and administrators define services. You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
