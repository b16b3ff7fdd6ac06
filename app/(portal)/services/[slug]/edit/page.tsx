import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ServiceEditor } from '@/components/service/editor/service-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineService } from '@/lib/service/policy'
import { editServiceStart } from '@/lib/service/reads-editor'

export const metadata: Metadata = { title: 'Edit service' }

type Props = { params: Promise<{ slug: string }> }

export default async function EditServicePage({ params }: Props) {
  const actor = await requireActorForPage()
  const { slug } = await params
  const start = canDefineService(actor) ? await orNotFound(() => editServiceStart(actor, slug)) : null
  const parents = [
    { href: '/services', name: 'Services' },
    { href: `/services/${slug}`, name: start?.draft.name ?? 'Service' },
  ]
  return (
    <>
      <TopBar title="Edit" parents={parents} person={personOf(actor)} />
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
