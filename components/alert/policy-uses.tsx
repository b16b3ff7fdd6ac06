'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import type { PolicyInfo } from '@/lib/alert/schema'
import type { Assign } from './assign-dialog'

type Props = { policy: Pick<PolicyInfo, 'uses' | 'fallback'>; may: boolean; assign: Assign }

/** Where a policy was assigned; each can be taken back. */
export function PolicyUses({ policy, may, assign }: Props) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const unassign = async (scope: string) => {
    const done = await assign({ scope, policy: null }).catch(() => null)
    setMessage(done ? (done.ok ? '' : done.message) : 'The portal does not answer. Nothing was changed; try again in a minute.')
    if (done?.ok) router.refresh()
  }
  return (
    <div className="a-uses">
      {policy.fallback ? <span>Holds where nothing is assigned.</span> : null}
      {policy.uses.length > 0 ? <span>Assigned to</span> : policy.fallback ? null : <span>Assigned nowhere.</span>}
      <ul>
        {policy.uses.map(({ scope, words, href }) => (
          <li key={scope} className="tag">
            {href ? <Link href={href}>{words}</Link> : words}
            {may ? (
              <button type="button" aria-label={`Take it back from ${words}`} onClick={() => unassign(scope)}>
                <Icon name="cross" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {message ? <p role="alert">{message}</p> : null}
    </div>
  )
}
