import type { Tier } from '../service/tier'

export const SEVERITIES = ['sev1', 'sev2', 'sev3', 'sev4'] as const
export type Severity = (typeof SEVERITIES)[number]

export const SEVERITY_WORDS: Record<Severity, { name: string; meaning: string }> = {
  sev1: { name: 'SEV1', meaning: 'critical: people cannot do what they came for' },
  sev2: { name: 'SEV2', meaning: 'major: much of it fails, or some people are locked out' },
  sev3: { name: 'SEV3', meaning: 'minor: worse than promised, with a way around' },
  sev4: { name: 'SEV4', meaning: 'low: noticed by whoever looks for it' },
}

const OF_TIER: Record<Tier, Severity> = { critical: 'sev1', essential: 'sev2', standard: 'sev3', best_effort: 'sev4' }

/** What a page about a service of this tier begins as; a person may know better. */
export const severityOfTier = (tier: Tier): Severity => OF_TIER[tier]
