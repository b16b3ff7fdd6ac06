import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { CycleEditor } from '@/components/review/cycle-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { newCycle } from '@/lib/review/draft'
import { canPlanReviews, WHO_PLANS } from '@/lib/review/policy'
import { reviewChoices } from '@/lib/review/reads'

export const metadata: Metadata = { title: 'Plan a review' }

export default async function NewCyclePage() {
  const actor = await requireActorForPage()
  return (
    <>
      <TopBar title="Plan a review" parents={[{ href: '/review', name: 'Review' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canPlanReviews(actor) ? (
          <CycleEditor start={newCycle(Math.floor(Date.now() / 1000))} stored={null} choices={await reviewChoices(actor)} />
        ) : (
          <Forbidden>{WHO_PLANS} You can read all minutes.</Forbidden>
        )}
      </main>
    </>
  )
}
