'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { setSizeNow } from '@/app/(portal)/priorities/actions'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { TeamToil } from '@/lib/priority/schema'

/** How many people share the work; nothing means as many as are known here. */
export function TeamSize({ toil: { team, set, known } }: { toil: TeamToil }) {
  const router = useRouter()
  const ready = useHydrated()
  const [message, setMessage] = useState('')
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('size')).trim()
    const size = text === '' ? null : Number(text)
    const result = await setSizeNow({ team: team.slug, version: team.version, size }).catch(() => null)
    if (!result) return setMessage('The portal does not answer. Try again in a minute.')
    setMessage(result.ok ? '' : (result.issues[0]?.message ?? result.message))
    if (result.ok || result.status === 409) router.refresh()
  }
  return (
    <form className="pr-size" noValidate onSubmit={save}>
      <input
        className="input num"
        inputMode="numeric"
        name="size"
        aria-label={`People of ${team.name}`}
        defaultValue={set ?? ''}
        placeholder={String(known)}
        disabled={!ready}
      />
      <button type="submit" className="btn btn-sm" disabled={!ready}>
        Set<span className="sr-only"> people of {team.name}</span>
      </button>
      <span className="n-second">{set === null ? `${known} known here` : ''}</span>
      {message ? (
        <p className="field-error" role="alert">
          {message}
        </p>
      ) : null}
    </form>
  )
}
