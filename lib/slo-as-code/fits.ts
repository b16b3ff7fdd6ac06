import { sloDefinitionSchema } from '../slo/definition-input'
import type { DeclaredSlo } from './declared'

const WORDS: Record<string, string> = {
  dataSource: 'source',
  sliceTarget: 'slice target',
  slug: 'short name',
}

/** What the portal's own schema would refuse of a declaration that its format allows. Sentences. */
export function misfits(slo: DeclaredSlo): string[] {
  const { name, slug, description, service, indicator, method, sliceTarget, target, window, labels } = slo
  const dataSource = slo.source ?? 'any'
  const parsed = sloDefinitionSchema.safeParse({
    ...{ name, slug, description, service, dataSource, method, sliceTarget, target, window, labels },
    indicator: indicator ?? { kind: 'ratio', expression: 'up{job="any"}' },
  })
  const issues = parsed.success ? [] : parsed.error.issues
  return issues.flatMap(({ path, message }) => {
    const field = String(path[0] ?? '')
    // That a name leaves nothing for an address was said where it stands.
    if ((field === 'service' || field === 'slug') && slo[field] === '') return []
    // Of an expression it was said where it was read, at its own place.
    if (field === 'indicator' && indicator?.kind === 'ratio') return []
    return `The portal will not take the ${WORDS[field] ?? field}: ${message}`
  })
}
