'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeActionNow } from '@/app/(portal)/review/actions'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { useHydrated } from '@/components/ui/use-hydrated'
import { dayText } from '@/lib/format-time'
import { incidentName } from '@/lib/incident/words'
import type { ActionInfo } from '@/lib/review/schema'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { actions: ActionInfo[]; people: { id: string; name: string }[]; may: boolean; now: UnixSeconds; state: string }

/** What is to be done, from reviews and incidents: by whom, until when. */
export function ActionsList({ actions, people, may, now, state }: Props) {
  const router = useRouter()
  const ready = useHydrated()
  const [message, setMessage] = useState('')
  const change = async (action: ActionInfo, what: { owner?: string | null; dueOn?: string | null; done?: boolean }) => {
    const result = await changeActionNow({ id: action.id, version: action.version, ...what })
    setMessage(result.ok ? '' : result.message)
    router.refresh()
  }
  return (
    <>
      <nav className="i-filters" aria-label="Which actions">
        <span className="seg">
          {(['open', 'done', 'all'] as const).map((one) => (
            <Link key={one} href={`/review/open-actions${one === 'open' ? '' : `?state=${one}`}`} aria-current={one === state}>
              {one[0]?.toUpperCase()}
              {one.slice(1)}
            </Link>
          ))}
        </span>
      </nav>
      {message ? (
        <p className="notice" role="alert">
          {message}
        </p>
      ) : null}
      {actions.length === 0 ? (
        <EmptyState title="Nothing is open">Actions of reviews and of incidents stand here until they are done.</EmptyState>
      ) : (
        <table className="s-table rw-actions">
          <caption className="sr-only">Actions</caption>
          <thead>
            <tr>
              <th scope="col">Done</th>
              <th scope="col">What</th>
              <th scope="col">Owner</th>
              <th scope="col">Due</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <Row
                key={`${action.id} ${action.version}`}
                {...{ action, people, now }}
                closed={!may || !ready}
                onChange={(what) => void change(action, what)}
              />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

type RowProps = {
  action: ActionInfo
  people: Props['people']
  now: UnixSeconds
  closed: boolean
  onChange: (what: { owner?: string | null; dueOn?: string | null; done?: boolean }) => void
}

function Row({
  action: { title, owner, dueOn, late, doneAt, service, incident, review },
  people,
  now,
  closed,
  onChange,
}: RowProps) {
  const known = owner === null || people.some(({ id }) => id === owner.id)
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Done: ${title}`}
          checked={doneAt !== null}
          disabled={closed}
          onChange={() => onChange({ done: doneAt === null })}
        />
      </td>
      <th scope="row">
        {title}
        <span>{service?.name ?? ''}</span>
      </th>
      <td>
        <select
          className="input"
          aria-label={`Owner of: ${title}`}
          value={owner?.id ?? ''}
          disabled={closed}
          onChange={(event) => onChange({ owner: event.target.value || null })}
        >
          <option value="">Nobody yet</option>
          {known || owner === null ? null : <option value={owner.id}>{owner.name}</option>}
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="date"
          className="input"
          aria-label={`Due: ${title}`}
          defaultValue={dueOn ?? ''}
          disabled={closed}
          onBlur={(event) => {
            const next = event.target.value || null
            if (next !== dueOn) onChange({ dueOn: next })
          }}
        />
        {late ? <span className="rw-late">late</span> : null}
      </td>
      <td>
        {incident ? (
          <Link href={`/incidents/${incident.id}`}>
            {incidentName(incident.id)}: {incident.title}
          </Link>
        ) : review ? (
          <Link href={`/review/${review.id}/minutes`}>
            {review.name}, {dayText(review.at, now)}
          </Link>
        ) : null}
      </td>
    </tr>
  )
}
