'use client'
import { useFormContext } from 'react-hook-form'
import { useErrorAt } from '@/components/ui/use-error-at'
import { LINK_WORDS, LINKS } from '@/lib/service/definition-input'
import type { ServiceDraft } from '@/lib/service/draft'
import { ServiceField } from './service-field'

/** Where to go on. */
export function LinkFields() {
  const { register } = useFormContext<ServiceDraft>()
  const errorAt = useErrorAt()
  return (
    <fieldset className="e-section">
      <legend>Links</legend>
      {LINKS.map((link) => (
        <ServiceField key={link} of={link} label={LINK_WORDS[link]} error={errorAt(link)}>
          {(ids) => <input className="input" inputMode="url" placeholder="https://" {...ids} {...register(link)} />}
        </ServiceField>
      ))}
    </fieldset>
  )
}
