import { useErrorAt } from '@/components/ui/use-error-at'
import { fieldOfPath } from '@/lib/slo/draft'
import type { Finding } from '@/lib/slo/preview'

/** What the source says to a field without refusing it. */
export const warningAt = (findings: Finding[], field: string): string | undefined =>
  findings.find(({ path, severity }) => severity === 'warning' && fieldOfPath(path) === field)?.message

/** The sentence at a field: what the schema refuses once the field was left, else what the source says to it. */
export function useFieldError(findings: Finding[]): (field: string) => string | undefined {
  const errorAt = useErrorAt()
  return (field) =>
    errorAt(field) ?? findings.find(({ path, severity }) => severity === 'error' && fieldOfPath(path) === field)?.message
}
