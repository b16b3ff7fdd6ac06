'use client'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'

type Props = { name: string; path: string; onClose: () => void }

/** The only time that the address of a link can be read. */
export function LinkMade({ name, path, onClose }: Props) {
  const [said, setSaid] = useState('')
  const address = `${location.origin}${path}`
  const copy = async () => {
    const copied = await navigator.clipboard
      ?.writeText(address)
      .then(() => true)
      .catch(() => false)
    setSaid(copied ? 'Copied.' : 'The browser does not let this page copy. Select the address and copy it yourself.')
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`Link for “${name.trim()}”`}>
      <div className="e-conflict">
        <p>Open this address on the screen. It is shown only now, and whoever has it sees the wall until it is revoked.</p>
        <Field label="Address">
          {(ids) => (
            <input className="input wl-address" {...ids} readOnly value={address} onFocus={(event) => event.target.select()} />
          )}
        </Field>
        <p role="status">{said}</p>
        <div className="e-choices">
          <button type="button" className="btn" onClick={copy}>
            Copy the address
          </button>
          <button type="button" className="btn btn-primary" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </Dialog>
  )
}
