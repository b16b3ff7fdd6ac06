'use client'
import { useFormContext } from 'react-hook-form'
import { NameFields } from '@/components/policy/name-fields'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { PolicyDraft } from '@/lib/alert/draft'

/** What it is called, how an alert ends, and when nobody is told. */
export function PolicyFields({ isNew }: { isNew: boolean }) {
  const { register } = useFormContext<PolicyDraft>()
  const errorAt = useErrorAt()
  return (
    <>
      <NameFields isNew={isNew} />
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
