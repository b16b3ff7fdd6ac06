import type { Metadata } from 'next'
import { RequestForm } from '@/components/decision/request-form'
import { TopBar } from '@/components/frame/top-bar'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canAskForRelease, WHO_ASKS } from '@/lib/decision/policy'
import { servicesToAskFor } from '@/lib/decision/reads-queue'
import { emptyDraft } from '@/lib/decision/request-draft'
import { waiverFilterSchema } from '@/lib/decision/schema'

export const metadata: Metadata = { title: 'Ask for a release' }
const askedSchema = waiverFilterSchema.catch({})
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function NewRequestPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const { service } = askedSchema.parse(await searchParams)
  const services = canAskForRelease(actor) ? await servicesToAskFor(actor) : null
  const known = services?.some(({ slug }) => slug === service) ? (service ?? '') : ''
  return (
    <>
      <TopBar title="Ask for a release" parents={[{ href: '/releases', name: 'Releases' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {services ? (
          <RequestForm services={services} start={emptyDraft(known)} stored={null} now={Math.floor(Date.now() / 1000)} />
        ) : (
          <Forbidden>{WHO_ASKS}</Forbidden>
        )}
      </main>
    </>
  )
}
