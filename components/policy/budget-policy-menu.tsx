'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteBudgetPolicyNow } from '@/app/(portal)/policies/error-budget/actions'
import { Dialog } from '@/components/ui/dialog'
import type { BudgetPolicyDetail } from '@/lib/policy/schema'

/** What is done with a policy. Presets are copied. */
export function BudgetPolicyMenu({ policy: { slug, version, name, preset } }: { policy: BudgetPolicyDetail }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [message, setMessage] = useState('')
  const remove = async () => {
    const done = await deleteBudgetPolicyNow({ slug, version }).catch(() => null)
    if (done?.ok) router.push('/policies')
    else setMessage(done?.message ?? 'The portal does not answer. Nothing was deleted; try again in a minute.')
  }
  return (
    <>
      <Link className="btn btn-sm" href={`/policies/error-budget/new?from=${slug}`}>
        Copy
      </Link>
      {preset ? null : (
        <>
          <Link className="btn btn-sm" href={`/policies/error-budget/${slug}/edit`}>
            Edit
          </Link>
          <button type="button" className="btn btn-quiet btn-sm" onClick={() => setOpen(true)}>
            Delete
          </button>
        </>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={`Delete ${name}?`}>
        <div className="e-conflict">
          <p>Its versions and agreements go with it. Decisions keep its name. A policy that holds somewhere cannot be deleted.</p>
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
