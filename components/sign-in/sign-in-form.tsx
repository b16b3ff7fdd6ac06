'use client'
import { signIn } from 'next-auth/react'
import { type FormEvent, useState } from 'react'
import { sentenceOf } from './sign-in-words'

export function SignInForm({ to }: { to: string }) {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setBusy(true)
    setFailed(null)
    const given = { email: String(fields.get('email')), password: String(fields.get('password')) }
    const result = await signIn('credentials', { ...given, redirect: false }).catch(() => undefined)
    if (result?.ok) return window.location.assign(to)
    setFailed(sentenceOf(result?.error ?? ''))
    setBusy(false)
  }
  return (
    <form className="auth-form" onSubmit={enter}>
      <label>
        E-mail
        <input className="input" name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input className="input" name="password" type="password" autoComplete="current-password" required />
      </label>
      {failed ? (
        <p className="auth-error" role="alert">
          {failed}
        </p>
      ) : null}
      <button type="submit" className="btn btn-primary btn-lg" disabled={busy}>
        {busy ? 'Signing in …' : 'Sign in'}
      </button>
    </form>
  )
}
