import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { JourneyEditor } from '@/components/journey/journey-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { draftOfJourney } from '@/lib/journey/draft'
import { canWriteJourney } from '@/lib/journey/policy'
import { inputOf, journeyDetail } from '@/lib/journey/reads'
import { orNotFound } from '@/lib/page'

export const metadata: Metadata = { title: 'Edit journey' }

type Props = { params: Promise<{ slug: string }> }

export default async function EditJourneyPage({ params }: Props) {
  const actor = await requireActorForPage()
  const { slug } = await params
  const journey = await orNotFound(() => journeyDetail(actor, slug))
  return (
    <>
      <TopBar
        title={`Edit ${journey.name}`}
        parents={[{ href: `/journeys/${slug}`, name: journey.name }]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        {canWriteJourney(actor) ? (
          <JourneyEditor start={draftOfJourney(inputOf(journey))} stored={{ slug, version: journey.version }} />
        ) : (
          <Forbidden>Engineers, SLO owners and administrators write journeys. You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
