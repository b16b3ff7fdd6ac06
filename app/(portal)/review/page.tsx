import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { PastReviews } from '@/components/review/past-reviews'
import { ReviewList } from '@/components/review/review-list'
import { Link } from '@/components/ui/link'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canPlanReviews, canRunReviews } from '@/lib/review/policy'
import { listCycles, listReviews } from '@/lib/review/reads'

export const metadata: Metadata = { title: 'Review' }

export default async function ReviewPage() {
  const actor = await requireActorForPage()
  const [cycles, reviews] = await Promise.all([listCycles(actor), listReviews(actor, { limit: 20 })])
  const may = { run: canRunReviews(actor), plan: canPlanReviews(actor) }
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <TopBar title="Review" person={personOf(actor)} />
      <main id="content" className="content">
        <div className="rw-bar">
          <p>Thirty minutes: performance, incidents, decisions. The agenda is built from what changed.</p>
          <Link className="btn btn-sm" href="/review/open-actions">
            Open actions
          </Link>
          {may.plan ? (
            <Link className="btn btn-sm" href="/review/new">
              Plan a review
            </Link>
          ) : null}
        </div>
        <ReviewList cycles={cycles} now={now} may={may} />
        <PastReviews reviews={reviews} now={now} />
      </main>
    </>
  )
}
