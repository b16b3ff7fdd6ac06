'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { ActionResult } from '@/lib/action'

/** Where a policy can be assigned to, by group. `value` is the scope as the command takes it. */
export type AssignChoices = { group: string; items: { value: string; name: string }[] }[]
/** A policy put where it holds; `null` takes it back. */
export type Assign = (assignment: { scope: string; policy: string | null }) => Promise<ActionResult<unknown>>
type Props = {
  policies: { slug: string; name: string }[]
  choices: AssignChoices
  assign: Assign
  button: string
  title: string
  hint: string
}

/** Says which policy holds where. */
export function AssignDialog({ policies, choices, assign: send, button, title, hint }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [policy, setPolicy] = useState(policies[0]?.slug ?? '')
  const [scope, setScope] = useState('default')
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const assign = async () => {
    setBusy(true)
    const done = await send({ scope, policy }).catch(() => null)
    setBusy(false)
    if (!done) return setMessage('The portal does not answer. Nothing was changed; try again in a minute.')
    if (!done.ok) return setMessage(done.message)
    setMessage('')
    setOpen(false)
    router.refresh()
  }
  return (
    <>
      <button type="button" className="btn btn-sm" onClick={() => setOpen(true)}>
        {button}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        <form className="a-assign" onSubmit={(event) => event.preventDefault()}>
          <Field label="Policy">
            {(ids) => (
              <select className="input" {...ids} value={policy} onChange={(event) => setPolicy(event.target.value)}>
                {policies.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Holds for" hint={hint}>
            {(ids) => (
              <select className="input" {...ids} value={scope} onChange={(event) => setScope(event.target.value)}>
                {choices.map(({ group, items }) => (
                  <optgroup key={group} label={group}>
                    {items.map(({ value, name }) => (
                      <option key={value} value={value}>
                        {name}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            )}
          </Field>
          {message ? (
            <p className="field-error" role="alert">
              {message}
            </p>
          ) : null}
          <div className="e-choices">
            <button type="button" className="btn btn-primary" disabled={busy} onClick={assign}>
              {busy ? 'Assigning …' : 'Assign it'}
            </button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
