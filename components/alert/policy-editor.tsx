'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, get, type Path, type Resolver, set, useForm } from 'react-hook-form'
import { createPolicyNow, updatePolicyNow } from '@/app/(portal)/policies/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import type { SavedPolicy } from '@/lib/alert/commands'
import { draftOfPolicy, inputOfDraft, type PolicyDraft, policyField } from '@/lib/alert/draft'
import { policyInputSchema } from '@/lib/alert/schema'
import { PairFields } from './pair-fields'
import { PolicyFields } from './policy-fields'
import { PolicyMeaning } from './policy-meaning'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'
type Conflict = Extract<SavedPolicy, { kind: 'conflict' }>

const resolver: Resolver<PolicyDraft> = (draft) => {
  const parsed = policyInputSchema.safeParse(inputOfDraft(draft))
  if (parsed.success) return { values: draft, errors: {} }
  const errors = {}
  for (const { path, message } of parsed.error.issues) {
    const field = policyField(path.join('.'))
    if (!get(errors, field)) set(errors, field, { type: 'schema', message })
  }
  return { values: {}, errors }
}

type Props = { start: PolicyDraft; stored: { slug: string; version: number } | null }

/** A policy as a form, beside what it means. */
export function PolicyEditor({ start, stored }: Props) {
  const router = useRouter()
  const form = useForm<PolicyDraft>({ defaultValues: start, resolver, mode: 'onTouched' })
  const [version, setVersion] = useState(stored?.version ?? 0)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const refused = (result: { issues: { path: string; message: string }[]; message: string }) => {
    for (const { path, message: words } of result.issues)
      form.setError(policyField(path) as Path<PolicyDraft>, { type: 'server', message: words })
    setMessage(result.message)
  }
  const save = async (over = version) => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    const policy = inputOfDraft(form.getValues())
    try {
      if (!stored) {
        const result = await createPolicyNow(policy)
        return result.ok ? router.push(`/policies/${result.data.slug}`) : refused(result)
      }
      const result = await updatePolicyNow({ slug: stored.slug, version: over, policy })
      if (!result.ok) return refused(result)
      if (result.data.kind === 'conflict') return setConflict(result.data)
      router.push(`/policies/${result.data.slug}`)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const onTheirs = ({ policy, version: theirs }: Conflict) => {
    form.reset(draftOfPolicy(policy))
    setVersion(theirs)
    setConflict(null)
  }
  const onMine = ({ version: theirs }: Conflict) => {
    setVersion(theirs)
    setConflict(null)
    void save(theirs)
  }
  return (
    <FormProvider {...form}>
      <form className="editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <div className="e-form">
          <PolicyFields isNew={stored === null} />
          <PairFields />
        </div>
        <PolicyMeaning />
      </form>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <Link href={stored ? `/policies/${stored.slug}` : '/policies'} className="btn btn-quiet">
          Cancel
        </Link>
        <button type="button" className="btn btn-primary" disabled={busy} onClick={() => save()}>
          {busy ? 'Saving …' : 'Save the policy'}
        </button>
      </footer>
      <ConflictDialog conflict={conflict} onTheirs={onTheirs} onMine={onMine} onClose={() => setConflict(null)} />
    </FormProvider>
  )
}
