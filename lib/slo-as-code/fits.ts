import { budgetPolicyInputSchema } from '../policy/schema'
import { serviceDefinitionSchema } from '../service/definition-input'
import { sloDefinitionSchema } from '../slo/definition-input'
import type { Declared, DeclaredBudgetPolicy, DeclaredService, DeclaredSlo } from './declared'
import type { Place } from './fault'
import { placeOfField } from './places'

/** What the portal's own schemas would refuse of a declaration that its format allows: a sentence, where the field stands. */
export type Misfit = { place: Place; reason: string }

const WORDS: Record<string, string> = {
  dataSource: 'source',
  sliceTarget: 'slice target',
  slug: 'short name',
}

export const misfits = ({ services, slos, budgetPolicies }: Declared): Misfit[] => [
  ...slos.flatMap(sloMisfits),
  ...services.flatMap(serviceMisfits),
  ...budgetPolicies.flatMap(policyMisfits),
]

type Parsed = { success: true } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }

function misfitsOf(declared: Parameters<typeof placeOfField>[0], parsed: Parsed, said: (field: string) => boolean): Misfit[] {
  if (parsed.success) return []
  return parsed.error.issues.flatMap(({ path, message }) => {
    const field = String(path[0] ?? '')
    if (said(field)) return []
    return { place: placeOfField(declared, field), reason: `The portal will not take the ${WORDS[field] ?? field}: ${message}` }
  })
}

function sloMisfits(slo: DeclaredSlo): Misfit[] {
  const { name, slug, description, service, indicator, method, sliceTarget, target, window, labels } = slo
  const dataSource = slo.source ?? 'any'
  const parsed = sloDefinitionSchema.safeParse({
    ...{ name, slug, description, service, dataSource, method, sliceTarget, target, window, labels },
    indicator: indicator ?? { kind: 'ratio', expression: 'up{job="any"}' },
  })
  return misfitsOf(
    slo,
    parsed,
    (field) =>
      // That a name leaves nothing for an address was said where it stands.
      ((field === 'service' || field === 'slug') && slo[field] === '') ||
      // Of an expression it was said where it was read, at its own place.
      (field === 'indicator' && indicator?.kind === 'ratio'),
  )
}

function serviceMisfits(service: DeclaredService): Misfit[] {
  const { name, slug, description, labels, said } = service
  const open = { team: 'any', tier: 'standard', kind: 'api' }
  const parsed = serviceDefinitionSchema.safeParse({ ...open, name, slug, description, labels, ...said })
  return misfitsOf(service, parsed, (field) => field === 'slug' && slug === '')
}

function policyMisfits(policy: DeclaredBudgetPolicy): Misfit[] {
  const { name, slug, settings } = policy
  return misfitsOf(
    policy,
    budgetPolicyInputSchema.safeParse({ name, slug, settings }),
    (field) => field === 'slug' && slug === '',
  )
}
