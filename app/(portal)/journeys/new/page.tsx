import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { JourneyEditor } from '@/components/journey/journey-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { EMPTY_JOURNEY } from '@/lib/journey/draft'
import { canWriteJourney } from '@/lib/journey/policy'

export const metadata: Metadata = { title: 'New journey' }

export default async function NewJourneyPage() {
  const actor = await requireActorForPage()
  return (
    <>
      <TopBar title="New journey" parents={[{ href: '/journeys', name: 'Journeys' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canWriteJourney(actor) ? (
          <JourneyEditor start={EMPTY_JOURNEY} stored={null} />
        ) : (
          <Forbidden>Engineers, SLO owners and administrators write journeys. You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
