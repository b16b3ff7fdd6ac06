'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { slugOf } from '@/lib/slo/definition-input'

export function NameFields({ isNew }: { isNew: boolean }) {
  const { register, setValue, getFieldState } = useFormContext<BudgetPolicyDraft>()
  const name = useWatch<BudgetPolicyDraft, 'name'>({ name: 'name' })
  const errorAt = useErrorAt()
  const onName = (text: string) => {
    if (isNew && !getFieldState('slug').isDirty) setValue('slug', slugOf(text))
  }
  return (
    <fieldset className="e-section">
      <legend>Name</legend>
      <div className="e-pair">
        <Field label="Name" error={errorAt('name')}>
          {(ids) => (
            <input className="input" {...ids} {...register('name', { onChange: (event) => onName(event.target.value) })} />
          )}
        </Field>
        <Field label="Short name" error={errorAt('slug')} hint="For the address and the API.">
          {(ids) => <input className="input mono" placeholder={slugOf(name)} {...ids} {...register('slug')} />}
        </Field>
      </div>
      <Field label="Description" error={errorAt('description')}>
        {(ids) => <textarea className="input c-reason" rows={2} {...ids} {...register('description')} />}
      </Field>
    </fieldset>
  )
}
