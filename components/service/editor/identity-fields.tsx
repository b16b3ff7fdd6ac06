'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { ServiceDraft } from '@/lib/service/draft'
import { SERVICE_KINDS } from '@/lib/service/tier'
import { slugOf } from '@/lib/slo/definition-input'
import { ServiceField } from './service-field'

/** How people call it, and what it is. */
export function IdentityFields({ isNew }: { isNew: boolean }) {
  const { register, control, setValue, getFieldState } = useFormContext<ServiceDraft>()
  const name = useWatch({ control, name: 'name' })
  const errorAt = useErrorAt()
  const follow = (text: string) => {
    if (isNew && !getFieldState('slug').isDirty) setValue('slug', slugOf(text))
  }
  return (
    <fieldset className="e-section">
      <legend>Service</legend>
      <div className="e-pair">
        <ServiceField of="name" label="Name" error={errorAt('name')} hint="As people say it.">
          {(ids) => (
            <input
              className="input"
              placeholder="Checkout"
              {...ids}
              {...register('name', { onChange: (event) => follow(event.target.value) })}
            />
          )}
        </ServiceField>
        <Field
          label="Short name"
          error={errorAt('slug')}
          hint={isNew ? 'For addresses, the API and exported rules. It stays.' : 'It stays: links and versions use it.'}
        >
          {(ids) => (
            <input
              className="input mono"
              placeholder={slugOf(name) || 'checkout-api'}
              readOnly={!isNew}
              {...ids}
              {...register('slug')}
            />
          )}
        </Field>
      </div>
      <ServiceField
        of="timeZone"
        label="Time zone"
        error={errorAt('timeZone')}
        hint="The months of its reports are months of this zone."
      >
        {(ids) => <input className="input" list="service-zones" {...ids} {...register('timeZone')} />}
      </ServiceField>
      <datalist id="service-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <ServiceField of="description" label="Description" error={errorAt('description')}>
        {(ids) => <input className="input" placeholder="Turns a cart into an order." {...ids} {...register('description')} />}
      </ServiceField>
      <div className="e-pair">
        <ServiceField of="kind" label="Kind" error={errorAt('kind')}>
          {(ids) => (
            <select className="input" {...ids} {...register('kind')}>
              {SERVICE_KINDS.map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </select>
          )}
        </ServiceField>
        <ServiceField of="labels" label="Labels" hint="key=value, with commas" error={errorAt('labels')}>
          {(ids) => <input className="input" placeholder="product=shop, region=eu" {...ids} {...register('labels')} />}
        </ServiceField>
      </div>
    </fieldset>
  )
}
