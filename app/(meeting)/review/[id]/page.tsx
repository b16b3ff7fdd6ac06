import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { MeetingPage } from '@/components/review/meeting-page'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canRunReviews } from '@/lib/review/policy'
import { reviewChoices } from '@/lib/review/reads'
import { review } from '@/lib/review/reads-live'
import { reviewIdSchema } from '@/lib/review/schema'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActorForPage()
  const { snapshot } = await orNotFound(async () => review(actor, reviewIdSchema.parse((await params).id)))
  return { title: snapshot.cycle.name }
}

export default async function MeetingRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const { live, snapshot } = await orNotFound(async () => review(actor, reviewIdSchema.parse((await params).id)))
  if (live.status === 'closed') redirect(`/review/${live.id}/minutes`)
  const { people } = await reviewChoices(actor)
  return <MeetingPage snapshot={snapshot} initial={live} people={people} may={canRunReviews(actor)} />
}
