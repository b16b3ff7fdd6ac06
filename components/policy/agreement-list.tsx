'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { agreeNow } from '@/app/(portal)/policies/error-budget/actions'
import type { Role } from '@/lib/auth/role'
import { instantText } from '@/lib/format-time'
import type { BudgetPolicyDetail } from '@/lib/policy/schema'
import { roleText, titled } from '@/lib/policy/words'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { policy: BudgetPolicyDetail; me: { person: string | null; role: Role | null }; now: UnixSeconds }

/** Who stands for the present version, and who still has to. */
export function AgreementList({ policy: { slug, version, settings, agreements }, me, now }: Props) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const say = async (agrees: boolean) => {
    setBusy(true)
    const done = await agreeNow({ slug, version, agrees }).catch(() => null)
    setBusy(false)
    setMessage(done ? (done.ok ? '' : done.message) : 'The portal does not answer. Nothing was changed; try again in a minute.')
    if (done?.ok) router.refresh()
  }
  const roles = [...new Set(settings.agreedBy)]
  if (roles.length === 0) return <p>Nobody has to agree to this policy.</p>
  return (
    <>
      <p>One person of each role agrees to every version. It holds where it is assigned meanwhile.</p>
      <dl className="spec-pairs b-agreements">
        {roles.map((role) => {
          const found = agreements.find((one) => one.role === role)
          return (
            <div key={role}>
              <dt>{titled(roleText(role))}</dt>
              <dd>
                {found ? `${found.name}, ${instantText(found.at, now)} UTC` : 'still open'}
                {found && found.personId === me.person ? (
                  <button type="button" className="btn btn-quiet btn-sm" disabled={busy} onClick={() => say(false)}>
                    Take it back
                  </button>
                ) : null}
                {!found && me.role === role ? (
                  <button type="button" className="btn btn-primary btn-sm" disabled={busy} onClick={() => say(true)}>
                    Agree as {roleText(role)}
                  </button>
                ) : null}
              </dd>
            </div>
          )
        })}
      </dl>
      {message ? (
        <p className="field-error" role="alert">
          {message}
        </p>
      ) : null}
    </>
  )
}
