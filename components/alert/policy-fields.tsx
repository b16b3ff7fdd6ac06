'use client'
import { get, useFormContext, useFormState, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import type { PolicyDraft } from '@/lib/alert/draft'
import { slugOf } from '@/lib/slo/definition-input'

/** What it is called, how an alert ends, and when nobody is told. */
export function PolicyFields({ isNew }: { isNew: boolean }) {
  const { register, setValue, getFieldState } = useFormContext<PolicyDraft>()
  const { errors } = useFormState<PolicyDraft>()
  const name = useWatch<PolicyDraft, 'name'>({ name: 'name' })
  const errorAt = (path: string): string | undefined => (get(errors, path) as { message?: string } | undefined)?.message
  const onName = (text: string) => {
    if (isNew && !getFieldState('slug').isDirty) setValue('slug', slugOf(text))
  }
  return (
    <>
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
      <fieldset className="e-section">
        <legend>How an alert ends, and when nobody is told</legend>
        <div className="e-pair">
          <Field label="Ends when it was gone for" error={errorAt('keepFiring')} hint="Minutes.">
            {(ids) => <input className="input num" inputMode="decimal" {...ids} {...register('keepFiring')} />}
          </Field>
          <Field label="Gone is below" error={errorAt('clearBelow')} hint="% of the threshold.">
            {(ids) => <input className="input num" inputMode="decimal" {...ids} {...register('clearBelow')} />}
          </Field>
        </div>
        <label className="check">
          <input type="checkbox" {...register('suppressByDependency')} />
          <span>
            Mute while a service that is needed pages
            <span className="field-hint"> told of as soon as that page ends and this alert goes on</span>
          </span>
        </label>
        <label className="check">
          <input type="checkbox" {...register('silenceInMaintenance')} />
          <span>
            Mute during maintenance <span className="field-hint">while an approved exclusion with that cause lasts</span>
          </span>
        </label>
      </fieldset>
    </>
  )
}
