'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { decideNow } from '@/app/(portal)/releases/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { AttributionInfo } from '@/lib/release/schema'

export type Verdict = 'confirm' | 'refuse'
const WORDS: Record<Verdict, { title: string; what: string; button: string }> = {
  confirm: {
    title: 'The release did it?',
    what: 'What burned beyond the usual is booked on the release in the ledger of this SLO.',
    button: 'Confirm',
  },
  refuse: {
    title: 'The release did not do it?',
    what: 'Nothing is booked on it. It is not asked again.',
    button: 'Refuse',
  },
}

type Props = { proposal: AttributionInfo; verdict: Verdict; onClose: () => void }

export function VerdictDialog({ proposal: { id, version }, verdict, onClose }: Props) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const { title, what, button } = WORDS[verdict]
  const decide = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = String(new FormData(event.currentTarget).get('note') ?? '')
    setBusy(true)
    const result = await decideNow({ id, version, verdict, note })
    setBusy(false)
    // Refused because it changed: what is behind the dialog is read anew as well.
    router.refresh()
    if (!result.ok) return setMessage(result.message)
    onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={title}>
      <form className="e-conflict" onSubmit={decide}>
        <p>{what}</p>
        <Field label="Note">{(ids) => <textarea className="input c-reason" rows={2} name="note" {...ids} />}</Field>
        {message ? <p role="alert">{message}</p> : null}
        <div className="e-choices">
          <button type="submit" className={`btn ${verdict === 'confirm' ? 'btn-primary' : ''}`} disabled={busy}>
            {button}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
