'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, get, type Path, type Resolver, set, useForm } from 'react-hook-form'
import { createBudgetPolicyNow, updateBudgetPolicyNow } from '@/app/(portal)/policies/error-budget/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import type { SavedBudgetPolicy } from '@/lib/policy/commands'
import { type BudgetPolicyDraft, budgetPolicyField, draftOfBudgetPolicy, inputOfBudgetDraft } from '@/lib/policy/draft'
import { budgetPolicyInputSchema } from '@/lib/policy/schema'
import { FreezeFields } from './freeze-fields'
import { MatrixFields } from './matrix-fields'
import { NameFields } from './name-fields'
import { PolicyPreviewPanel } from './policy-preview-panel'
import { RuleFields } from './rule-fields'
import { StateFields } from './state-fields'
import { ThresholdFields } from './threshold-fields'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'
type Conflict = Extract<SavedBudgetPolicy, { kind: 'conflict' }>

const resolver: Resolver<BudgetPolicyDraft> = (draft) => {
  const parsed = budgetPolicyInputSchema.safeParse(inputOfBudgetDraft(draft))
  if (parsed.success) return { values: draft, errors: {} }
  const errors = {}
  for (const { path, message } of parsed.error.issues) {
    const field = budgetPolicyField(path.join('.'))
    if (!get(errors, field)) set(errors, field, { type: 'schema', message })
  }
  return { values: {}, errors }
}

/** `of`: the policy whose place the new rules would take in the preview */
type Props = { start: BudgetPolicyDraft; stored: { slug: string; version: number } | null; of: string }

/** A policy as a form, beside what it would have done. */
export function BudgetPolicyEditor({ start, stored, of }: Props) {
  const router = useRouter()
  const form = useForm<BudgetPolicyDraft>({ defaultValues: start, resolver, mode: 'onTouched' })
  const [version, setVersion] = useState(stored?.version ?? 0)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const refused = (result: { issues: { path: string; message: string }[]; message: string }) => {
    for (const { path, message: words } of result.issues)
      form.setError(budgetPolicyField(path) as Path<BudgetPolicyDraft>, { type: 'server', message: words })
    setMessage(result.message)
  }
  const save = async (over = version) => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    const policy = inputOfBudgetDraft(form.getValues())
    try {
      if (!stored) {
        const result = await createBudgetPolicyNow(policy)
        return result.ok ? router.push(`/policies/error-budget/${result.data.slug}`) : refused(result)
      }
      const result = await updateBudgetPolicyNow({ slug: stored.slug, version: over, policy })
      if (!result.ok) return refused(result)
      if (result.data.kind === 'conflict') return setConflict(result.data)
      router.push(`/policies/error-budget/${result.data.slug}`)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const onTheirs = ({ policy, version: theirs }: Conflict) => {
    form.reset(draftOfBudgetPolicy(policy))
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
          <NameFields isNew={stored === null} />
          <ThresholdFields />
          <MatrixFields />
          <FreezeFields />
          <StateFields />
          <RuleFields />
        </div>
        <PolicyPreviewPanel of={of} />
      </form>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <Link href={stored ? `/policies/error-budget/${stored.slug}` : '/policies'} className="btn btn-quiet">
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
