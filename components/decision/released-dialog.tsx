'use client'
import { type FormEvent, useState } from 'react'
import { releasedNow } from '@/app/(portal)/releases/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { ActionResult } from '@/lib/action'
import { instantInput } from '@/lib/incident/draft'

type Run = <T>(command: () => Promise<ActionResult<T>>) => Promise<ActionResult<T> | null>
type Props = { id: number; revision: number; run: Run; onClose: () => void }

/** It went out: now, or at an instant that a pipeline did not report. */
export function ReleasedDialog({ id, revision, run, onClose }: Props) {
  const [error, setError] = useState('')
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const at = instantInput(String(new FormData(event.currentTarget).get('at') ?? ''))
    const result = await run(() => releasedNow({ id, revision, at }))
    if (result?.ok) onClose()
    else setError(result?.message ?? 'The portal does not answer. Try again in a minute.')
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="It went out">
      <form className="e-conflict" noValidate onSubmit={send}>
        <p>What burns from then on is compared with before, and its cost is measured after an hour and after a day.</p>
        <Field label="At (UTC)" error={error || undefined} hint="Empty: now.">
          {(ids) => <input className="input" type="datetime-local" name="at" {...ids} />}
        </Field>
        <div className="e-choices">
          <button type="submit" className="btn btn-primary">
            Mark as released
          </button>
        </div>
      </form>
    </Dialog>
  )
}
