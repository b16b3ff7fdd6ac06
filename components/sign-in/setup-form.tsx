'use client'
import { signIn } from 'next-auth/react'
import { type FormEvent, useState } from 'react'
import { createAdministrator } from '@/app/(auth)/setup/actions'

type Failed = { message: string; fields: Record<string, string> }

export function SetupForm({ token }: { token: string }) {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Failed>({ message: '', fields: {} })
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    setBusy(true)
    const result = await createAdministrator({ ...given, token })
    if (result.ok) {
      const { email = '', password = '' } = given
      await signIn('credentials', { email, password, redirect: false })
      return window.location.assign('/')
    }
    const fields = Object.fromEntries(result.issues.map(({ path, message }) => [path, message]))
    setFailed({ message: result.issues.length > 0 ? '' : result.message, fields })
    setBusy(false)
  }
  const field = (name: string, label: string, type: string, autoComplete: string) => (
    <label>
      {label}
      <input
        className="input"
        {...{ name, type, autoComplete }}
        required
        aria-invalid={failed.fields[name] !== undefined}
        aria-describedby={failed.fields[name] ? `${name}-error` : undefined}
      />
      {failed.fields[name] ? (
        <span id={`${name}-error`} className="auth-error">
          {failed.fields[name]}
        </span>
      ) : null}
    </label>
  )
  return (
    <form className="auth-form" onSubmit={create}>
      {field('name', 'Your name', 'text', 'name')}
      {field('email', 'E-mail', 'email', 'username')}
      {field('password', 'Password, 12 characters or more', 'password', 'new-password')}
      {failed.message ? (
        <p className="auth-error" role="alert">
          {failed.message}
        </p>
      ) : null}
      <button type="submit" className="btn btn-primary btn-lg" disabled={busy}>
        {busy ? 'Creating …' : 'Create and sign in'}
      </button>
    </form>
  )
}
