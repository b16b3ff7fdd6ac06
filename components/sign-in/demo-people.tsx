'use client'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { sentenceOf } from './sign-in-words'

type Person = { email: string; name: string; role: string }

/** One click each; only where the demo is on. */
export function DemoPeople({ people, to }: { people: Person[]; to: string }) {
  const [busy, setBusy] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const enter = async (email: string) => {
    setBusy(email)
    const result = await signIn('demo', { email, redirect: false }).catch(() => undefined)
    if (result?.ok) return window.location.assign(to)
    setFailed(sentenceOf(result?.error ?? ''))
    setBusy(null)
  }
  return (
    <section className="auth-demo" aria-label="Demo people">
      <p className="auth-note">This is a demo. Come in as one of its people; each role may do more than the one before.</p>
      <ul>
        {people.map(({ email, name, role }) => (
          <li key={email}>
            <button type="button" className="auth-person" disabled={busy !== null} onClick={() => enter(email)}>
              <b>{name}</b>
              <span>{busy === email ? 'coming in …' : role}</span>
              <Icon name="arrow" />
            </button>
          </li>
        ))}
      </ul>
      {failed ? (
        <p className="auth-error" role="alert">
          {failed}
        </p>
      ) : null}
    </section>
  )
}
