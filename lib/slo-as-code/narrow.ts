import { reachIn } from '../service/dependency-graph'
import type { Declared } from './declared'
import { keyOf } from './facts'
import type { PlanInput } from './schema'

/** What of the files is taken: some SLOs with what they need, and policies or none. */
export function narrowed(declared: Declared, { only, policies }: Pick<PlanInput, 'only' | 'policies'>): Declared {
  const chosen = only && new Set(only)
  const slos = declared.slos
    .filter((slo) => !chosen || chosen.has(keyOf(slo)))
    .map((slo) => (policies === 'keep' ? { ...slo, budgetPolicy: null } : slo))
  if (!chosen && policies === 'files') return declared
  const services = neededBy(
    declared,
    slos.map(({ service }) => service),
  )
  const named = new Set(slos.map(({ budgetPolicy }) => budgetPolicy))
  return {
    ...{ ...declared, slos },
    services: chosen ? declared.services.filter(({ slug }) => services.has(slug)) : declared.services,
    budgetPolicies:
      policies === 'keep' ? [] : chosen ? declared.budgetPolicies.filter(({ slug }) => named.has(slug)) : declared.budgetPolicies,
  }
}

/** Services and what they depend on, as far as these files say. */
function neededBy({ services }: Declared, slugs: string[]): Set<string> {
  const needs = new Map(services.map(({ slug, said }) => [slug, said.dependencies ?? []]))
  const reached = reachIn<string>((slug) => needs.get(slug) ?? [])
  return new Set(slugs.flatMap((slug) => [slug, ...reached(slug)]))
}
