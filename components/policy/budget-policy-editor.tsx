'use client'
import { FormProvider, useForm } from 'react-hook-form'
import { createBudgetPolicyNow, updateBudgetPolicyNow } from '@/app/(portal)/policies/error-budget/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { EditorBar } from '@/components/ui/editor-bar'
import { resolverOf, useSaving } from '@/components/ui/use-saving'
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

type Conflict = Extract<SavedBudgetPolicy, { kind: 'conflict' }>
const resolver = resolverOf(budgetPolicyInputSchema, inputOfBudgetDraft, budgetPolicyField)

/** `of`: the policy whose place the new rules would take in the preview */
type Props = { start: BudgetPolicyDraft; stored: { slug: string; version: number } | null; of: string }

/** A policy as a form, beside what it would have done. */
export function BudgetPolicyEditor({ start, stored, of }: Props) {
  const form = useForm<BudgetPolicyDraft>({ defaultValues: start, resolver, mode: 'onTouched' })
  const addressOf = (slug: string) => `/policies/error-budget/${slug}`
  const { choice, ...saving } = useSaving({
    ...{ form, stored, addressOf, inputOf: inputOfBudgetDraft, fieldOf: budgetPolicyField },
    create: createBudgetPolicyNow,
    update: (read, policy) => updateBudgetPolicyNow({ ...read, policy }),
    draftOf: ({ policy }: Conflict) => draftOfBudgetPolicy(policy),
  })
  return (
    <FormProvider {...form}>
      <form className="editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <fieldset className="e-form" disabled={!saving.ready}>
          <NameFields isNew={stored === null} />
          <ThresholdFields />
          <MatrixFields />
          <FreezeFields />
          <StateFields />
          <RuleFields />
        </fieldset>
        <PolicyPreviewPanel of={of} />
      </form>
      <EditorBar {...saving} label="Save the policy" back={stored ? addressOf(stored.slug) : '/policies'} onSave={saving.save} />
      <ConflictDialog {...choice} />
    </FormProvider>
  )
}
