import type { Metadata } from 'next'
import { RequestForm } from '@/components/decision/request-form'
import { TopBar } from '@/components/frame/top-bar'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { servicesToAskFor } from '@/lib/decision/reads-queue'
import { draftOfRequest } from '@/lib/decision/request-draft'
import { requestName } from '@/lib/decision/words'
import { loadRequest } from '../load'

export const metadata: Metadata = { title: 'Edit a draft' }
type Props = { params: Promise<{ id: string }> }

export default async function EditRequestPage({ params }: Props) {
  const actor = await requireActorForPage()
  const request = await loadRequest((await params).id)
  const { id, revision, may, asOf } = request
  const parents = [
    { href: '/releases', name: 'Releases' },
    { href: `/releases/${id}`, name: requestName(id) },
  ]
  return (
    <>
      <TopBar title="Edit" parents={parents} person={personOf(actor)} />
      <main id="content" className="content">
        {may.edit ? (
          <RequestForm
            services={await servicesToAskFor(actor)}
            start={draftOfRequest(request)}
            stored={{ id, revision }}
            now={asOf}
          />
        ) : (
          <Forbidden>Only a draft can be edited. Withdraw this request and ask for another one.</Forbidden>
        )}
      </main>
    </>
  )
}
