'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { slugOf } from '@/lib/slo/definition-input'
import type { SloDraft } from '@/lib/slo/draft'
import type { Finding } from '@/lib/slo/preview'
import { useFieldError } from './use-field-error'

type Props = {
  services: { slug: string; name: string }[]
  findings: Finding[]
  isNew: boolean
  onService: (slug: string) => void
}

/** Whose promise it is, and how people call it. */
export function NameFields({ services, findings, isNew, onService }: Props) {
  const { register, control, setValue, getFieldState } = useFormContext<SloDraft>()
  const name = useWatch({ control, name: 'name' })
  const errorAt = useFieldError(findings)
  const follow = (text: string) => {
    if (isNew && !getFieldState('slug').isDirty) setValue('slug', slugOf(text))
  }
  return (
    <fieldset className="e-section">
      <legend>Promise</legend>
      <div className="e-pair">
        <Field label="Service" error={errorAt('service')}>
          {(ids) => (
            <select className="input" {...ids} {...register('service', { onChange: (event) => onService(event.target.value) })}>
              <option value="">Choose a service</option>
              {services.map(({ slug, name: title }) => (
                <option key={slug} value={slug}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Name" error={errorAt('name')} hint="As the people who wait for it would say.">
          {(ids) => (
            <input
              className="input"
              placeholder="Orders placed"
              {...ids}
              {...register('name', { onChange: (event) => follow(event.target.value) })}
            />
          )}
        </Field>
      </div>
      <div className="e-pair">
        <Field label="Short name" error={errorAt('slug')} hint="For addresses, the API and exported rules.">
          {(ids) => <input className="input mono" placeholder={slugOf(name) || 'orders-placed'} {...ids} {...register('slug')} />}
        </Field>
        <Field label="Description" error={errorAt('description')}>
          {(ids) => (
            <input className="input" placeholder="What a bad event means for people" {...ids} {...register('description')} />
          )}
        </Field>
      </div>
    </fieldset>
  )
}
