'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { decideNow, withdrawNow } from '@/app/(portal)/corrections/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { CorrectionInfo } from '@/lib/correction/schema'

export type Verb = 'approve' | 'refuse' | 'withdraw'

const WORDS: Record<Verb, { title: string; what: string; button: string }> = {
  approve: { title: 'Approve this correction?', what: 'It counts at once, on every budget it touches.', button: 'Approve' },
  refuse: {
    title: 'Refuse this correction?',
    what: 'Nothing changes. Say why, so that it is not asked for again.',
    button: 'Refuse',
  },
  withdraw: {
    title: 'Withdraw this correction?',
    what: 'Budgets are what they would be without it. It stays in the list, and can be asked for anew.',
    button: 'Withdraw',
  },
}

type Props = { deciding: { correction: CorrectionInfo; verb: Verb } | null; onClose: () => void }

export function DecisionDialog({ deciding, onClose }: Props) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  if (!deciding) return null
  const { correction, verb } = deciding
  const { title, what, button } = WORDS[verb]
  const decide = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = String(new FormData(event.currentTarget).get('note') ?? '')
    const named = { id: correction.id, version: correction.version, note }
    setBusy(true)
    const result = verb === 'withdraw' ? await withdrawNow(named) : await decideNow({ ...named, verdict: verb })
    setBusy(false)
    if (!result.ok) return setMessage(result.message)
    onClose()
    router.refresh()
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={title}>
      <form className="e-conflict" onSubmit={decide}>
        <p>{what}</p>
        <Field label="Note">{(ids) => <textarea className="input c-reason" rows={2} name="note" {...ids} />}</Field>
        {message ? <p role="alert">{message}</p> : null}
        <div className="e-choices">
          <button type="submit" className={`btn ${verb === 'approve' ? 'btn-primary' : ''}`} disabled={busy}>
            {button}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
