'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { skipReviewNow, startReviewNow } from '@/app/(portal)/review/actions'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { NoteDialog } from '@/components/ui/note-dialog'
import { useHydrated } from '@/components/ui/use-hydrated'
import { instantText, whenText } from '@/lib/format-time'
import { heldFor } from '@/lib/review/cycle'
import type { CycleInfo } from '@/lib/review/schema'
import type { UnixSeconds } from '@/lib/time-series/units'
import { ReviewStateMark } from './marks'

type Props = { cycles: CycleInfo[]; now: UnixSeconds; may: { run: boolean; plan: boolean } }

/** Every cycle: how it stands, when it comes next, and the way into the meeting. */
export function ReviewList({ cycles, now, may }: Props) {
  const router = useRouter()
  const ready = useHydrated()
  const [busy, setBusy] = useState(0)
  const [message, setMessage] = useState('')
  const [skipping, setSkipping] = useState<CycleInfo | null>(null)
  const start = async ({ id }: CycleInfo) => {
    setBusy(id)
    const result = await startReviewNow({ id })
    if (result.ok) return router.push(`/review/${result.data.id}`)
    setMessage(result.message)
    setBusy(0)
  }
  const skip = async (reason: string) => {
    const result = await skipReviewNow({ id: skipping?.id, occurrence: skipping?.standing.skips, reason })
    if (result.ok) router.refresh()
    return result
  }
  if (cycles.length === 0)
    return (
      <EmptyState
        title="No review is planned"
        action={
          may.plan ? (
            <Link className="btn btn-primary" href="/review/new">
              Plan a review
            </Link>
          ) : undefined
        }
      >
        A team goes through its budgets in thirty minutes: what changed, what happened, what follows. Headroom builds the agenda
        and writes the minutes.
      </EmptyState>
    )
  return (
    <>
      {message ? (
        <p className="notice" role="alert">
          {message}
        </p>
      ) : null}
      <table className="s-table rw-table">
        <caption className="sr-only">Review cycles</caption>
        <thead>
          <tr>
            <th scope="col">Review</th>
            <th scope="col">State</th>
            <th scope="col">Due, next</th>
            <th scope="col" className="num">
              Open actions
            </th>
            <th scope="col">Last</th>
            <th scope="col">
              <span className="sr-only">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cycles.map((cycle) => (
            <Row
              key={cycle.id}
              {...{ cycle, now, may }}
              busy={!ready || busy === cycle.id}
              onStart={() => void start(cycle)}
              onSkip={() => setSkipping(cycle)}
            />
          ))}
        </tbody>
      </table>
      {skipping ? (
        <NoteDialog
          title={`Skip ${skipping.name}`}
          what={skipText(skipping, now)}
          button="Skip it"
          primary={false}
          send={skip}
          onClose={() => setSkipping(null)}
        />
      ) : null}
    </>
  )
}

const skipText = ({ standing: { skips, missed }, rule }: CycleInfo, now: UnixSeconds): string =>
  skips === null
    ? 'Nothing is due.'
    : `${missed > 0 ? 'What went by until' : 'The review of'} ${instantText(skips, now, rule.timeZone)} falls out. Say why: it stands in this list.`

type RowProps = { cycle: CycleInfo; now: UnixSeconds; may: Props['may']; busy: boolean; onStart: () => void; onSkip: () => void }

function Row({ cycle, now, may, busy, onStart, onSkip }: RowProps) {
  const { id, name, scope, words, standing, running, last, minutes, openActions, enabled, rule } = cycle
  const { state, due, overdueSince, missed, next } = standing
  const when = (at: UnixSeconds) => whenText(at, now, rule.timeZone)
  const canStart = may.run && enabled && heldFor(standing, now) !== null
  return (
    <tr>
      <th scope="row">
        {may.plan ? <Link href={`/review/cycles/${id}/edit`}>{name}</Link> : name}
        <span>
          {scope.kind} {scope.name}. {words}
        </span>
      </th>
      <td>
        {running ? (
          <span className="rw-state rw-running">goes on</span>
        ) : enabled ? (
          <ReviewStateMark state={state} />
        ) : (
          'switched off'
        )}
        {overdueSince === null || running ? null : (
          <span className="c-second">
            since {when(overdueSince)}, {missed} missed
          </span>
        )}
      </td>
      <td>
        {due === null ? null : <span>{when(due)}</span>}
        <span className={due === null ? '' : 'c-second'}>{next === null ? 'the rule has ended' : `next ${when(next)}`}</span>
      </td>
      <td className="num">
        {openActions}
        <span className="i-word"> open {openActions === 1 ? 'action' : 'actions'}</span>
      </td>
      <td>
        {minutes ? <Link href={`/review/${minutes.id}/minutes`}>Minutes of {when(minutes.at)}</Link> : 'never held'}
        {last?.status === 'skipped' ? (
          <span className="c-second">
            skipped {when(last.at)} by {last.by}: {last.reason}
          </span>
        ) : null}
      </td>
      <td className="rw-do">
        {running ? (
          <Link className="btn btn-sm btn-primary" href={`/review/${running.id}`}>
            Join<span className="sr-only"> {name}</span>
          </Link>
        ) : canStart ? (
          <button type="button" className={`btn btn-sm ${due === null ? '' : 'btn-primary'}`} disabled={busy} onClick={onStart}>
            Start<span className="sr-only"> {name}</span>
          </button>
        ) : null}
        {!running && may.plan && standing.skips !== null && enabled ? (
          <button type="button" className="btn btn-sm" disabled={busy} onClick={onSkip}>
            Skip<span className="sr-only"> {name}</span>
          </button>
        ) : null}
      </td>
    </tr>
  )
}
