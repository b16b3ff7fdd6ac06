import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { CycleEditor } from '@/components/review/cycle-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { draftOfCycle } from '@/lib/review/draft'
import { canPlanReviews, WHO_PLANS } from '@/lib/review/policy'
import { cycleInfo, reviewChoices } from '@/lib/review/reads'
import { cycleIdSchema } from '@/lib/review/schema'

export const metadata: Metadata = { title: 'Change a review cycle' }
type Props = { params: Promise<{ id: string }> }

export default async function EditCyclePage({ params }: Props) {
  const actor = await requireActorForPage()
  const cycle = await orNotFound(async () => cycleInfo(actor, cycleIdSchema.parse((await params).id)))
  const stored = { id: cycle.id, version: cycle.version }
  return (
    <>
      <TopBar title={cycle.name} parents={[{ href: '/review', name: 'Review' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canPlanReviews(actor) ? (
          <CycleEditor key={cycle.version} start={draftOfCycle(cycle)} stored={stored} choices={await reviewChoices(actor)} />
        ) : (
          <Forbidden>{WHO_PLANS} You can read all minutes.</Forbidden>
        )}
      </main>
    </>
  )
}
