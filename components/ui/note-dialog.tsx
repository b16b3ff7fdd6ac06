'use client'
import { type FormEvent, useState } from 'react'
import { Dialog } from './dialog'
import { Field } from './field'

type Props = {
  title: string
  what: string
  button: string
  /** what one is most likely here for */
  primary: boolean
  send: (note: string) => Promise<{ ok: true } | { ok: false; message: string }>
  onClose: () => void
}

/** A decision with a note; what speaks against it stays beside the note. */
export function NoteDialog({ title, what, button, primary, send, onClose }: Props) {
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const decide = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = String(new FormData(event.currentTarget).get('note') ?? '')
    setBusy(true)
    const result = await send(note)
    setBusy(false)
    if (result.ok) onClose()
    else setMessage(result.message)
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={title}>
      <form className="e-conflict" onSubmit={decide}>
        <p>{what}</p>
        <Field label="Note">{(ids) => <textarea className="input c-reason" rows={2} name="note" {...ids} />}</Field>
        {message ? <p role="alert">{message}</p> : null}
        <div className="e-choices">
          <button type="submit" className={`btn ${primary ? 'btn-primary' : ''}`} disabled={busy}>
            {button}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
