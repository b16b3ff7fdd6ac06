'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'

const LOST = 'The portal does not answer. Nothing was changed; try again in a minute.'

type Result = { ok: true } | { ok: false; message: string }
type Props = {
  name: string
  /** what becomes of it, in a sentence or two */
  becomes: string
  detach: () => Promise<Result>
  /** why it was not done */
  onRefused: (message: string) => void
  className?: string
}

/** Takes something away from its files, once it was said what that means. */
export function Detach({ name, becomes, detach, onRefused, className }: Props) {
  const router = useRouter()
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const done = useRef(false)
  useEffect(
    () => () => {
      // What stood here is gone with the files: whoever has no pointer goes on at the content that took its place.
      const main = done.current ? document.getElementById('content') : null
      if (!main) return
      main.tabIndex = -1
      main.focus()
    },
    [],
  )
  const doIt = async () => {
    setBusy(true)
    const result = await detach().catch((): Result => ({ ok: false, message: LOST }))
    setBusy(false)
    setAsked(false)
    done.current = result.ok
    if (result.ok) router.refresh()
    else onRefused(result.message)
  }
  return (
    <>
      <button type="button" className={className} onClick={() => setAsked(true)}>
        Detach from Git …
      </button>
      <Dialog open={asked} onOpenChange={setAsked} title={`Detach ${name}?`}>
        <div className="e-conflict">
          <p>{becomes}</p>
          <div className="e-choices">
            <button type="button" className="btn" onClick={() => setAsked(false)}>
              Cancel
            </button>
            <button type="button" className="btn btn-primary" disabled={busy} onClick={doIt}>
              Detach it
            </button>
          </div>
        </div>
      </Dialog>
    </>
  )
}
