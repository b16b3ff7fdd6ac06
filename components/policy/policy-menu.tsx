'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Link } from '@/components/ui/link'
import type { ActionResult } from '@/lib/action'

type Props = {
  policy: { slug: string; version: number; name: string; preset: boolean }
  /** where policies of this kind live */
  under: string
  /** what stays and what goes with it */
  loses: string
  remove: (read: { slug: string; version: number }) => Promise<ActionResult<unknown>>
}

/** What is done with a policy of either kind. Presets are copied. */
export function PolicyMenu({ policy: { slug, version, name, preset }, under, loses, remove }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [message, setMessage] = useState('')
  const onRemove = async () => {
    const done = await remove({ slug, version }).catch(() => null)
    if (done?.ok) router.push('/policies')
    else setMessage(done?.message ?? 'The portal does not answer. Nothing was deleted; try again in a minute.')
  }
  return (
    <>
      <Link className="btn btn-sm" href={`${under}/new?from=${slug}`}>
        Copy
      </Link>
      {preset ? null : (
        <>
          <Link className="btn btn-sm" href={`${under}/${slug}/edit`}>
            Edit
          </Link>
          <button type="button" className="btn btn-quiet btn-sm" onClick={() => setOpen(true)}>
            Delete
          </button>
        </>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={`Delete ${name}?`}>
        <div className="e-conflict">
          <p>{loses} A policy that holds somewhere cannot be deleted.</p>
          {message ? <p role="alert">{message}</p> : null}
          <div className="e-choices">
            <button type="button" className="btn btn-danger" onClick={onRemove}>
              Delete the policy
            </button>
          </div>
        </div>
      </Dialog>
    </>
  )
}
