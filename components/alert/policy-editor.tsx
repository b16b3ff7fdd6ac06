'use client'
import { FormProvider, useForm } from 'react-hook-form'
import { createPolicyNow, updatePolicyNow } from '@/app/(portal)/policies/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { EditorBar } from '@/components/ui/editor-bar'
import { resolverOf, useSaving } from '@/components/ui/use-saving'
import type { SavedPolicy } from '@/lib/alert/commands'
import { draftOfPolicy, inputOfDraft, type PolicyDraft, policyField } from '@/lib/alert/draft'
import { policyInputSchema } from '@/lib/alert/schema'
import { PairFields } from './pair-fields'
import { PolicyFields } from './policy-fields'
import { PolicyMeaning } from './policy-meaning'

type Conflict = Extract<SavedPolicy, { kind: 'conflict' }>
const resolver = resolverOf(policyInputSchema, inputOfDraft, policyField)

type Props = { start: PolicyDraft; stored: { slug: string; version: number } | null }

/** A policy as a form, beside what it means. */
export function PolicyEditor({ start, stored }: Props) {
  const form = useForm<PolicyDraft>({ defaultValues: start, resolver, mode: 'onTouched' })
  const addressOf = (slug: string) => `/policies/${slug}`
  const { choice, ...saving } = useSaving({
    ...{ form, stored, addressOf, inputOf: inputOfDraft, fieldOf: policyField },
    create: createPolicyNow,
    update: (read, policy) => updatePolicyNow({ ...read, policy }),
    draftOf: ({ policy }: Conflict) => draftOfPolicy(policy),
  })
  return (
    <FormProvider {...form}>
      <form className="editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <fieldset className="e-form" disabled={!saving.ready}>
          <PolicyFields isNew={stored === null} />
          <PairFields />
        </fieldset>
        <PolicyMeaning />
      </form>
      <EditorBar {...saving} label="Save the policy" back={stored ? addressOf(stored.slug) : '/policies'} onSave={saving.save} />
      <ConflictDialog {...choice} />
    </FormProvider>
  )
}
