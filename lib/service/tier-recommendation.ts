import { type Characteristics, trafficClass } from './characteristics'
import { higherTier, type Tier, tierText } from './tier'

/** What is stated about a service, and who needs it (from the graph, direct dependants only). */
export type TierFacts = { characteristics: Characteristics; dependants: { name: string; tier: Tier }[] }

/** A fact in words and the tier it calls for. */
export type TierReason = { tier: Tier; text: string }

export type TierRecommendation = {
  tier: Tier
  /** what calls for this tier */
  because: string[]
  /** what was heard and asks for less */
  also: TierReason[]
  /** names of characteristics that nobody has stated */
  missing: string[]
}

/** So many critical services stand on a critical one; so many of any tier on an essential one. */
const MANY_CRITICAL = 3
const MANY = 5

/**
 * The tier that the stated facts call for: each fact asks for a tier, the highest wins (semantics §10). `null` while nothing is stated.
 *
 * | fact | tier |
 * |---|---|
 * | safety impact | critical |
 * | direct revenue impact, people wait for it | critical |
 * | 3 critical dependants or more | critical |
 * | direct revenue impact | essential |
 * | people wait for it, 100 requests/s or more | essential |
 * | a critical dependant, or 5 dependants or more | essential |
 * | indirect revenue impact; people wait for it; 100 requests/s or more; a dependant | standard |
 * | none of these | best effort |
 */
export function recommendTier({ characteristics, dependants }: TierFacts): TierRecommendation | null {
  const { revenueImpact, safetyImpact, userFacing, traffic } = characteristics
  const missing = [
    ...(revenueImpact === null ? ['revenue impact'] : []),
    ...(safetyImpact === null ? ['safety impact'] : []),
    ...(userFacing === null ? ['user-facing'] : []),
    ...(traffic === null ? ['traffic'] : []),
  ]
  if (missing.length === 4 && dependants.length === 0) return null
  const reasons = [...statedReasons(characteristics), ...dependantReasons(dependants)]
  const tier = reasons.map((reason) => reason.tier).reduce(higherTier, 'best_effort')
  const because = reasons.filter((reason) => reason.tier === tier).map(({ text }) => text)
  return {
    tier,
    because: because.length > 0 ? because : ['nothing stated asks for more'],
    also: reasons.filter((reason) => reason.tier !== tier),
    missing,
  }
}

function statedReasons({ revenueImpact, safetyImpact, userFacing, traffic }: Characteristics): TierReason[] {
  const busy = traffic !== null && trafficClass(traffic) === 'high'
  const reasons: TierReason[] = []
  if (safetyImpact) reasons.push({ tier: 'critical', text: 'people can come to harm when it fails' })
  if (revenueImpact === 'direct')
    reasons.push(
      userFacing
        ? { tier: 'critical', text: 'sales are lost while people wait for it' }
        : { tier: 'essential', text: 'sales are lost when it fails' },
    )
  if (revenueImpact === 'indirect') reasons.push({ tier: 'standard', text: 'revenue suffers when it fails for long' })
  if (userFacing)
    reasons.push(
      busy
        ? { tier: 'essential', text: 'many people wait for its answers' }
        : { tier: 'standard', text: 'people wait for its answers' },
    )
  else if (busy) reasons.push({ tier: 'standard', text: 'it carries much traffic' })
  return reasons
}

function dependantReasons(dependants: TierFacts['dependants']): TierReason[] {
  const critical = dependants.filter(({ tier }) => tier === 'critical').map(({ name }) => name)
  if (critical.length >= MANY_CRITICAL)
    return [{ tier: 'critical', text: `${critical.length} critical services depend on it: ${listText(critical)}` }]
  if (critical.length > 0)
    return [
      {
        tier: 'essential',
        text: `${listText(critical)} ${critical.length > 1 ? 'are critical and depend' : 'is critical and depends'} on it`,
      },
    ]
  if (dependants.length >= MANY) return [{ tier: 'essential', text: `${dependants.length} services depend on it` }]
  const [first, ...more] = dependants.map(({ name }) => name)
  if (first === undefined) return []
  return [{ tier: 'standard', text: `${listText([first, ...more])} ${more.length > 0 ? 'depend' : 'depends'} on it` }]
}

/** a, b and c */
export function listText(names: string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}

/** "recommended: critical, because …" */
export const recommendationText = ({ tier, because }: TierRecommendation): string =>
  `recommended: ${tierText(tier)}, because ${because.join('; ')}`
