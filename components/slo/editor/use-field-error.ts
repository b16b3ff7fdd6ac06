import { get, useFormContext, useFormState } from 'react-hook-form'
import { fieldOfPath, type SloDraft } from '@/lib/slo/draft'
import type { Finding } from '@/lib/slo/preview'

/** What the source says to a field without refusing it. */
export const warningAt = (findings: Finding[], field: string): string | undefined =>
  findings.find(({ path, severity }) => severity === 'warning' && fieldOfPath(path) === field)?.message

/** The sentence at a field: what the schema refuses once the field was left, else what the source says to it. */
export function useFieldError(findings: Finding[]): (field: string) => string | undefined {
  const { control } = useFormContext<SloDraft>()
  const { errors } = useFormState({ control })
  return (field) => {
    const own = (get(errors, field) as { message?: string } | undefined)?.message
    return own ?? findings.find(({ path, severity }) => severity === 'error' && fieldOfPath(path) === field)?.message
  }
}
