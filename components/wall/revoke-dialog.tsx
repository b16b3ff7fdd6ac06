'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { revokeLinkNow } from '@/app/(portal)/settings/walls/actions'
import { Dialog } from '@/components/ui/dialog'
import type { WallLinkInfo } from '@/lib/wall/schema'

/** Says what will happen before it does. */
export function RevokeDialog({ link: { id, name }, onClose }: { link: WallLinkInfo; onClose: () => void }) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const revoke = async () => {
    setBusy(true)
    const done = await revokeLinkNow({ id }).catch(() => null)
    setBusy(false)
    if (!done) return setMessage('The portal does not answer. Nothing was changed; try again in a minute.')
    if (!done.ok) return setMessage(done.message)
    onClose()
    router.refresh()
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`Revoke the link for “${name}”?`}>
      <div className="e-conflict">
        <p>
          The screen stops showing the wall at its next question, within a minute, and says why. This cannot be undone; make a new
          link instead.
        </p>
        {message ? <p role="alert">{message}</p> : null}
        <div className="e-choices">
          <button type="button" className="btn btn-danger" disabled={busy} onClick={revoke}>
            Revoke the link
          </button>
        </div>
      </div>
    </Dialog>
  )
}
