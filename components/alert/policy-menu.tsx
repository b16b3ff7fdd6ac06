'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deletePolicyNow } from '@/app/(portal)/policies/actions'
import { Dialog } from '@/components/ui/dialog'
import type { PolicyDetail } from '@/lib/alert/schema'

/** What is done with a policy. Presets are copied. */
export function PolicyMenu({ policy: { slug, version, name, preset } }: { policy: PolicyDetail }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [message, setMessage] = useState('')
  const remove = async () => {
    const done = await deletePolicyNow({ slug, version }).catch(() => null)
    if (done?.ok) router.push('/policies')
    else setMessage(done?.message ?? 'The portal does not answer. Nothing was deleted; try again in a minute.')
  }
  return (
    <>
      <Link className="btn btn-sm" href={`/policies/new?from=${slug}`}>
        Copy
      </Link>
      {preset ? null : (
        <>
          <Link className="btn btn-sm" href={`/policies/${slug}/edit`}>
            Edit
          </Link>
          <button type="button" className="btn btn-quiet btn-sm" onClick={() => setOpen(true)}>
            Delete
          </button>
        </>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={`Delete ${name}?`}>
        <div className="e-conflict">
          <p>Alerts that it raised keep its name and what they saw. A policy that holds somewhere cannot be deleted.</p>
          {message ? <p role="alert">{message}</p> : null}
          <div className="e-choices">
            <button type="button" className="btn btn-danger" onClick={remove}>
              Delete the policy
            </button>
          </div>
        </div>
      </Dialog>
    </>
  )
}
