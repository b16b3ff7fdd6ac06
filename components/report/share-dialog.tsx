'use client'
import { type FormEvent, useRef, useState } from 'react'
import { shareNow } from '@/app/(portal)/reports/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { instantText } from '@/lib/format-time'
import { SHARE_DAYS } from '@/lib/report/schema'
import type { UnixSeconds } from '@/lib/time-series/units'

const LOST = 'The portal does not answer. Try again in a minute.'

/** A link to this revision for people who cannot sign in. */
export function ShareDialog({ id, now }: { id: number; now: UnixSeconds }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="btn btn-sm" onClick={() => setOpen(true)}>
        Share
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Share this report">
        <LinkForm id={id} now={now} />
      </Dialog>
    </>
  )
}

function LinkForm({ id, now }: { id: number; now: UnixSeconds }) {
  const [made, setMade] = useState<{ url: string; until: UnixSeconds } | null>(null)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const days = Number(new FormData(event.currentTarget).get('days'))
    setBusy(true)
    setMessage('')
    try {
      const result = await shareNow({ id, days })
      if (result.ok) setMade(result.data)
      else setMessage(result.message)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="e-conflict" onSubmit={make}>
      <p>
        Whoever has the link can read this revision without signing in, and nothing else. It cannot be taken back; it ends by
        itself.
      </p>
      <Field label="Days that it is open" hint={`${SHARE_DAYS.least} to ${SHARE_DAYS.most}`}>
        {(ids) => (
          <input
            className="input r-days"
            type="number"
            name="days"
            min={SHARE_DAYS.least}
            max={SHARE_DAYS.most}
            defaultValue={SHARE_DAYS.usual}
            required
            {...ids}
          />
        )}
      </Field>
      {message ? <p role="alert">{message}</p> : null}
      {made ? <MadeLink {...made} now={now} /> : null}
      <div className="e-choices">
        <button type="submit" className={`btn ${made ? '' : 'btn-primary'}`} disabled={busy}>
          {made ? 'Make another link' : 'Make a link'}
        </button>
      </div>
    </form>
  )
}

function MadeLink({ url, until, now }: { url: string; until: UnixSeconds; now: UnixSeconds }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(url)
      setCopied(true)
    } catch {
      // Without a secure connection the browser gives no clipboard: the link is selected, to be copied by hand.
      setCopied(false)
    }
  }
  return (
    <Field label="The link" hint={`Open until ${instantText(until, now)} UTC.`}>
      {(ids) => (
        <span className="r-link">
          <input ref={field} className="input" readOnly value={url} onFocus={(event) => event.target.select()} {...ids} />
          <button type="button" className="btn" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </button>
        </span>
      )}
    </Field>
  )
}
