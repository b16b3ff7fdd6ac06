'use client'
import Link from 'next/link'

type Props = { isNew: boolean; busy: boolean; message: string; back: string; onSave: () => void }

/** What can be done with the definition, and what came of it. */
export function ServiceBar({ isNew, busy, message, back, onSave }: Props) {
  return (
    <footer className="e-bar">
      <p role="alert">{message}</p>
      <Link href={back} className="btn btn-quiet">
        Cancel
      </Link>
      <button type="button" className="btn btn-primary" disabled={busy} onClick={onSave}>
        {busy ? 'Saving …' : isNew ? 'Create the service' : 'Save new version'}
      </button>
    </footer>
  )
}
