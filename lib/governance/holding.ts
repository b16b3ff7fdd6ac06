import type { Role } from '../auth/role'
import type { Tier } from '../service/tier'

/** Who holds which responsibility for a service, and what is missing. Pure. */

export type Holder = { id: string; name: string; role: Role; disabled: boolean }
/** An error-budget policy that holds, and in whose name nobody agreed to its present version yet. */
export type PolicyHeld = { slug: string; name: string; version: number; open: Role[] }
export type ServiceFacts = {
  slug: string
  name: string
  tier: Tier
  team: { slug: string; name: string; people: number }
  sloOwner: Holder | null
  productOwner: Holder | null
  /** for the service as a whole */
  policy: PolicyHeld
  /** others, for single SLOs of it */
  sloPolicies: PolicyHeld[]
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
  { slug, team, sloOwner, productOwner, policy, sloPolicies, slos }: ServiceFacts,
  roleText: (role: Role) => string,
): Gap[] {
  const edit = `/services/${slug}/edit`
  const gaps: (Gap | null)[] = [
    slos === 0 ? { kind: 'slos', sentence: 'It promises nothing: no SLO is active.', link: `/slos/new?service=${slug}` } : null,
    gapOr('slo-owner', ownerGap(sloOwner, 'slo_owner'), edit),
    gapOr('product-owner', ownerGap(productOwner, 'product_owner'), edit),
    team.people === 0 ? { kind: 'people', sentence: `Nobody is in its team, ${team.name}.`, link: edit } : null,
    agreementGap('Its policy', policy, roleText),
    ...sloPolicies.map((one) => agreementGap('The policy of an SLO', one, roleText)),
  ]
  return gaps.filter((gap) => gap !== null)
}

const gapOr = (kind: GapKind, sentence: string | null, link: string): Gap | null =>
  sentence === null ? null : { kind, sentence, link }

const agreementGap = (whose: string, { slug, name, open }: PolicyHeld, roleText: (role: Role) => string): Gap | null =>
  gapOr(
    'agreement',
    open.length === 0 ? null : `${whose}, ${name}, is not agreed by: ${open.map(roleText).join(', ')}.`,
    `/policies/error-budget/${slug}`,
  )

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
    ...service.sloPolicies.map(({ name }) => name),
  ]
    .join(' ')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export const LOOSE_KINDS = ['wall-link', 'undated-action'] as const
/** What is missing of no single service, with the way to where it is mended. */
export type LooseGap = { kind: (typeof LOOSE_KINDS)[number]; count: number; sentence: string; link: string }

/** `links`: those that work although who made them has left; `undated`: open actions without a date. */
export function looseGaps({ links, undated }: { links: { name: string; by: string }[]; undated: number }): LooseGap[] {
  const [only] = links
  const gaps: LooseGap[] = [
    {
      ...{ kind: 'wall-link', count: links.length, link: '/settings/walls' },
      sentence:
        only && links.length === 1
          ? `The link to the wall “${only.name}” was made by ${only.by}, who has left.`
          : `${links.length} links to the wall were made by people who have left.`,
    },
    {
      ...{ kind: 'undated-action', count: undated, link: '/incidents' },
      sentence:
        undated === 1 ? 'An open action of an incident has no date.' : `${undated} open actions of incidents have no date.`,
    },
  ]
  return gaps.filter(({ count }) => count > 0)
}
