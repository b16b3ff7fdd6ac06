import type { Metadata } from 'next'
import { Freshness } from '@/components/frame/freshness'
import { TopBar } from '@/components/frame/top-bar'
import { JourneyList } from '@/components/journey/journey-list'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canWriteJourney } from '@/lib/journey/policy'
import { listJourneys } from '@/lib/journey/reads'

export const metadata: Metadata = { title: 'Journeys' }

export default async function JourneysPage() {
  const actor = await requireActorForPage()
  const journeys = await listJourneys(actor)
  const asOf = journeys.reduce<number | null>((newest, journey) => Math.max(newest ?? 0, journey.asOf ?? 0) || null, null)
  const may = canWriteJourney(actor)
  return (
    <>
      <TopBar title="Journeys" person={personOf(actor)}>
        <Freshness asOf={asOf} start={Math.floor(Date.now() / 1000)} />
        {may ? (
          <Link className="btn btn-sm top-new" href="/journeys/new" aria-label="New journey">
            <Icon name="plus" />
            <span>New journey</span>
          </Link>
        ) : null}
      </TopBar>
      <main id="content" className="content">
        <JourneyList journeys={journeys} may={may} />
      </main>
    </>
  )
}
