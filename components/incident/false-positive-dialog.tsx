'use client'
import { type FormEvent, useState } from 'react'
import { falsePositiveNow } from '@/app/(portal)/incidents/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { useIncident } from './use-incident'

/** Says that it was none. Budgets change only when somebody else agrees. */
export function FalsePositiveDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const { run, busy, message } = useIncident(id)
  const [error, setError] = useState<string>()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '')
    const result = await run(() => falsePositiveNow({ id, reason }))
    if (result?.ok) onClose()
    else setError(result?.issues.find(({ path }) => path === 'reason')?.message)
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="Was it a false positive?">
      <form className="e-conflict" onSubmit={send} noValidate>
        <p>This asks for an exclusion of its stretch from the budgets of its SLOs. Somebody else decides about it.</p>
        <Field label="Reason" error={error}>
          {(ids) => <textarea className="input c-reason" rows={3} name="reason" {...ids} />}
        </Field>
        {message && !error ? <p role="alert">{message}</p> : null}
        <div className="e-choices">
          <button type="submit" className="btn btn-primary" disabled={busy}>
            Ask for the exclusion
          </button>
        </div>
      </form>
    </Dialog>
  )
}
