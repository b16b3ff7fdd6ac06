import type { DeclaredSlo } from './declared'
import { keyOf } from './facts'
import { type Fault, nearest } from './fault'

/** What SLOs are made of and files do not have: a warning, because the portal may have it. */
export function missingMembers(slos: DeclaredSlo[]): Fault[] {
  const known = new Set(slos.map(keyOf))
  return slos.flatMap(({ indicator, place, slug }) => {
    if (indicator?.kind !== 'composite') return []
    const missing = indicator.members.map((member) => keyOf({ service: member.service, slug: member.slo }))
    return missing
      .filter((key) => !known.has(key))
      .map((key): Fault => {
        const meant = nearest(key, known)
        return {
          ...{ ...place, severity: 'warning', stage: 'references', object: `SLO ${slug}` },
          reason: `It is made of ${key}, which is in none of these files.`,
          suggestion: meant
            ? `Did you mean ${meant}?`
            : 'It may be in the portal, which headroom plan knows; rules need those of it as well.',
        }
      })
  })
}
