import type { Ratio, Seconds } from '../time-series/units'

/** How much a service matters, most first. The order is that of lists and of recommendations. */
export const TIERS = ['critical', 'essential', 'standard', 'best_effort'] as const
export type Tier = (typeof TIERS)[number]

export const SERVICE_KINDS = ['api', 'web', 'batch', 'streaming'] as const

export const tierText = (tier: Tier): string => tier.replace('_', ' ')

/** What a tier usually promises: availability, 99th percentile of latency, share of errors (semantics §10). */
export type TierDefaults = { target: Ratio; p99: Seconds; errors: Ratio }
export const TIER_DEFAULTS: Record<Tier, TierDefaults> = {
  critical: { target: 0.9995, p99: 0.1, errors: 0.001 },
  essential: { target: 0.999, p99: 0.5, errors: 0.01 },
  standard: { target: 0.995, p99: 1, errors: 0.05 },
  best_effort: { target: 0.99, p99: 2, errors: 0.1 },
}

/** The one that asks for more. */
export const higherTier = (a: Tier, b: Tier): Tier => (TIERS.indexOf(a) <= TIERS.indexOf(b) ? a : b)
