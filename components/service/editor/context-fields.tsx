'use client'
import { useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { CONTEXT_WORDS, type ServiceContext } from '@/lib/service/definition-input'
import type { ServiceDraft } from '@/lib/service/draft'

const HINTS: Record<keyof ServiceContext, string> = {
  userExpectations: 'what people who use it count on',
  businessImpact: 'what it costs when it fails',
  technicalConstraints: 'what keeps it from being better',
}

/** Why the objectives are what they are. */
export function ContextFields() {
  const { register } = useFormContext<ServiceDraft>()
  const errorAt = useErrorAt()
  return (
    <fieldset className="e-section">
      <legend>Context</legend>
      {(Object.keys(HINTS) as (keyof ServiceContext)[]).map((key) => (
        <Field key={key} label={CONTEXT_WORDS[key]} hint={HINTS[key]} error={errorAt(key)}>
          {(ids) => <textarea className="input" rows={2} {...ids} {...register(key)} />}
        </Field>
      ))}
    </fieldset>
  )
}
