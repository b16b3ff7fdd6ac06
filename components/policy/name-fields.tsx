'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { slugOf } from '@/lib/slo/definition-input'

type Named = { name: string; slug: string; description: string }

/** What a policy of either kind is called. */
export function NameFields({ isNew }: { isNew: boolean }) {
  const { register, setValue, getFieldState } = useFormContext<Named>()
  const name = useWatch<Named, 'name'>({ name: 'name' })
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
