import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ActionsList } from '@/components/review/actions-list'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRunReviews } from '@/lib/review/policy'
import { listActions, reviewChoices } from '@/lib/review/reads'
import { actionQuerySchema } from '@/lib/review/schema'

export const metadata: Metadata = { title: 'Open actions' }
type Props = { searchParams: Promise<Record<string, string | undefined>> }

export default async function OpenActionsPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const asked = actionQuerySchema.safeParse(await searchParams)
  const query = asked.success ? asked.data : actionQuerySchema.parse({})
  const [actions, { people }] = await Promise.all([listActions(actor, query), reviewChoices(actor)])
  const shown = { actions, people, state: query.state, may: canRunReviews(actor), now: Math.floor(Date.now() / 1000) }
  return (
    <>
      <TopBar title="Open actions" parents={[{ href: '/review', name: 'Review' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <ActionsList {...shown} />
      </main>
    </>
  )
}
