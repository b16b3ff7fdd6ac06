import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { MinutesPage } from '@/components/review/minutes-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { minutesOfReview } from '@/lib/review/reads-live'
import { reviewIdSchema } from '@/lib/review/schema'

export const metadata: Metadata = { title: 'Minutes' }
type Props = { params: Promise<{ id: string }> }

export default async function MinutesRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const minutes = await orNotFound(async () => minutesOfReview(actor, reviewIdSchema.parse((await params).id)))
  return (
    <>
      <TopBar title="Minutes" parents={[{ href: '/review', name: 'Review' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <MinutesPage minutes={minutes} />
      </main>
    </>
  )
}
