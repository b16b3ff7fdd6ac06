import { Link } from '@/components/ui/link'
import { dayText } from '@/lib/format-time'
import type { PastReview } from '@/lib/review/reads'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What was held and skipped, newest first. */
export function PastReviews({ reviews, now }: { reviews: PastReview[]; now: UnixSeconds }) {
  const over = reviews.filter(({ status }) => status !== 'running')
  if (over.length === 0) return null
  return (
    <section className="rw-past" aria-labelledby="past-reviews">
      <h2 id="past-reviews">Held and skipped</h2>
      <ul>
        {over.map(({ id, cycle, status, startedAt, by, reason, decisions, actions }) => (
          <li key={id}>
            <span className="rw-day">{dayText(startedAt, now)}</span>
            {status === 'closed' ? (
              <>
                <Link href={`/review/${id}/minutes`}>{cycle.name}</Link>
                <span>
                  {decisions} {decisions === 1 ? 'decision' : 'decisions'}, {actions} {actions === 1 ? 'action' : 'actions'}, run
                  by {by}
                </span>
              </>
            ) : (
              <>
                <span>{cycle.name}</span>
                <span>
                  skipped by {by}: {reason}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
