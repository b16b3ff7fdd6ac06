'use client'
import { useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { SEVERITIES, SEVERITY_WORDS } from '@/lib/incident/severity'

export function SeverityField() {
  const { register } = useFormContext()
  const errorAt = useErrorAt()
  return (
    <Field label="Severity" error={errorAt('severity')}>
      {(ids) => (
        <select className="input" {...ids} {...register('severity')}>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {SEVERITY_WORDS[severity].name}, {SEVERITY_WORDS[severity].meaning}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
