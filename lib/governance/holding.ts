import type { Role } from '../auth/role'
import type { Tier } from '../service/tier'

/** Who holds which responsibility for a service, and what is missing. Pure. */

export type Holder = { id: string; name: string; role: Role; disabled: boolean }
export type ServiceFacts = {
  slug: string
  name: string
  tier: Tier
  team: { slug: string; name: string; people: number }
  sloOwner: Holder | null
  productOwner: Holder | null
  /** the error-budget policy that holds, and in whose name nobody agreed to its present version yet */
  policy: { slug: string; name: string; version: number; open: Role[] }
  /** active ones */
  slos: number
}

export const GAP_KINDS = ['people', 'slo-owner', 'product-owner', 'slos', 'agreement'] as const
export type GapKind = (typeof GAP_KINDS)[number]
export type Gap = { kind: GapKind; sentence: string; link: string }
export type ServiceHolding = ServiceFacts & { gaps: Gap[] }

const ROLE_NAMES: Record<'slo_owner' | 'product_owner', string> = { slo_owner: 'SLO owner', product_owner: 'product owner' }

/** Nobody, somebody who left, or somebody who may not do what it takes. */
function ownerGap(holder: Holder | null, role: keyof typeof ROLE_NAMES): string | null {
  const name = ROLE_NAMES[role]
  if (holder === null) return `Nobody is its ${name}.`
  if (holder.disabled) return `Its ${name}, ${holder.name}, can no longer sign in.`
  if (holder.role !== role && holder.role !== 'administrator')
    return `Its ${name}, ${holder.name}, does not have the role of one.`
  return null
}

/** What is missing, the most telling first, with the way to where it is mended. */
export function gapsOf(
  { slug, team, sloOwner, productOwner, policy, slos }: ServiceFacts,
  roleText: (role: Role) => string,
): Gap[] {
  const edit = `/services/${slug}/edit`
  const gaps: (Gap | null)[] = [
    slos === 0 ? { kind: 'slos', sentence: 'It promises nothing: no SLO is active.', link: `/slos/new?service=${slug}` } : null,
    gapOr('slo-owner', ownerGap(sloOwner, 'slo_owner'), edit),
    gapOr('product-owner', ownerGap(productOwner, 'product_owner'), edit),
    team.people === 0 ? { kind: 'people', sentence: `Nobody is in its team, ${team.name}.`, link: edit } : null,
    policy.open.length > 0
      ? {
          kind: 'agreement',
          sentence: `Its policy, ${policy.name}, is not agreed by: ${policy.open.map(roleText).join(', ')}.`,
          link: `/policies/error-budget/${policy.slug}`,
        }
      : null,
  ]
  return gaps.filter((gap) => gap !== null)
}

const gapOr = (kind: GapKind, sentence: string | null, link: string): Gap | null =>
  sentence === null ? null : { kind, sentence, link }

const TIER_ORDER: Record<Tier, number> = { critical: 0, essential: 1, standard: 2, best_effort: 3 }

/** Gaps first: the most important service with the most of them on top. */
export const gapsFirst = (a: ServiceHolding, b: ServiceHolding): number =>
  Number(b.gaps.length > 0) - Number(a.gaps.length > 0) ||
  TIER_ORDER[a.tier] - TIER_ORDER[b.tier] ||
  b.gaps.length - a.gaps.length ||
  (a.slug < b.slug ? -1 : 1)

/** Services whose name, team or holders contain all of these words. */
export function holdingMatches(service: ServiceHolding, words: string): boolean {
  const text = [
    service.name,
    service.slug,
    service.team.name,
    service.sloOwner?.name,
    service.productOwner?.name,
    service.policy.name,
  ]
    .join(' ')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
