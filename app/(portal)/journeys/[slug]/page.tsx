import type { Metadata } from 'next'
import { cache } from 'react'
import { Freshness } from '@/components/frame/freshness'
import { TopBar } from '@/components/frame/top-bar'
import { JourneyPage } from '@/components/journey/journey-page'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canWriteJourney } from '@/lib/journey/policy'
import { journeyDetail } from '@/lib/journey/reads'
import { orNotFound } from '@/lib/page'

type Props = { params: Promise<{ slug: string }> }

/** Read once for the title and for the page. */
const load = cache((slug: string) => orNotFound(async () => journeyDetail(await requireActorForPage(), slug)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).slug)).name }
}

export default async function JourneyRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const journey = await load((await params).slug)
  return (
    <>
      <TopBar title={journey.name} parents={[{ href: '/journeys', name: 'Journeys' }]} person={personOf(actor)}>
        <Freshness asOf={journey.asOf} start={Math.floor(Date.now() / 1000)} />
      </TopBar>
      <main id="content" className="content">
        <LiveRefresh />
        <JourneyPage journey={journey} may={canWriteJourney(actor)} />
      </main>
    </>
  )
}
