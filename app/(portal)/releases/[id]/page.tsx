import type { Metadata } from 'next'
import { RequestPage } from '@/components/decision/request-page'
import { TopBar } from '@/components/frame/top-bar'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { requestName } from '@/lib/decision/words'
import { loadRequest } from './load'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, service, version } = await loadRequest((await params).id)
  return { title: `${requestName(id)} ${service.name} ${version}` }
}

export default async function ReleaseRequestPage({ params }: Props) {
  const actor = await requireActorForPage()
  const request = await loadRequest((await params).id)
  return (
    <>
      <TopBar title={requestName(request.id)} parents={[{ href: '/releases', name: 'Releases' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <RequestPage request={request} />
      </main>
    </>
  )
}
