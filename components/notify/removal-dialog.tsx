'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { removeNow } from '@/app/(portal)/settings/channels/actions'
import { Dialog } from '@/components/ui/dialog'
import type { ChannelInfo } from '@/lib/notify/schema'

/** Says what is lost before it is. */
export function RemovalDialog({
  channel: { id, version, name, waiting },
  onClose,
}: {
  channel: ChannelInfo
  onClose: () => void
}) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    const result = await removeNow({ id, version })
    setBusy(false)
    if (!result.ok) return setMessage(result.message)
    onClose()
    router.refresh()
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`Delete “${name}”?`}>
      <div className="e-conflict">
        <p>
          {waiting === 0
            ? 'No notice waits in it.'
            : `${waiting === 1 ? 'One notice is' : `${waiting} notices are`} not out yet and lost with it.`}{' '}
          Its part of the outbox goes as well. To keep both, turn it off instead.
        </p>
        {message ? <p role="alert">{message}</p> : null}
        <div className="e-choices">
          <button type="button" className="btn btn-danger" disabled={busy} onClick={remove}>
            Delete the channel
          </button>
        </div>
      </div>
    </Dialog>
  )
}
