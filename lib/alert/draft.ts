import { slugOf } from '../slo/definition-input'
import { HOUR, MINUTE } from '../time-series/units'
import type { AlertPolicy } from './alert-policy'
import type { PolicyInput } from './schema'

/** A policy while it is written: what people type, in the units they think in. */
export type PairDraft = {
  long: string
  /** empty: what fits */
  short: string
  severity: 'page' | 'ticket'
  unit: 'share' | 'burn'
  /** % of the budget, or × */
  value: string
  minFailures: string
  minEvents: string
  /** minutes */
  for: string
}
export type PolicyDraft = {
  name: string
  slug: string
  description: string
  pairs: PairDraft[]
  /** minutes */
  keepFiring: string
  /** % of the threshold */
  clearBelow: string
  suppressByDependency: boolean
  silenceInMaintenance: boolean
}

const NEW_PAIR: PairDraft = {
  ...{ long: String(HOUR), short: '', severity: 'page', unit: 'share', value: '2', minFailures: '5', minEvents: '0', for: '0' },
}

/** The next pair: over the next longer window that is not used yet. */
export const newPair = (used: string[], lengths: number[]): PairDraft => ({
  ...NEW_PAIR,
  long: String(lengths.find((length) => length >= HOUR && !used.includes(String(length))) ?? HOUR),
})

const percent = (ratio: number): string => String(Number((ratio * 100).toPrecision(12)))
const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

const draftOfPair = (pair: AlertPolicy['pairs'][number]): PairDraft => ({
  ...{ long: String(pair.long), short: pair.short === undefined ? '' : String(pair.short), severity: pair.severity },
  ...('share' in pair.at ? { unit: 'share', value: percent(pair.at.share) } : { unit: 'burn', value: String(pair.at.burn) }),
  ...{ minFailures: String(pair.minFailures), minEvents: String(pair.minEvents), for: String(pair.for / MINUTE) },
})

export const draftOfPolicy = ({ name, slug, description, settings }: PolicyInput): PolicyDraft => ({
  ...{ name, slug, description, pairs: settings.pairs.map(draftOfPair) },
  ...{ keepFiring: String(settings.keepFiring / MINUTE), clearBelow: percent(settings.clearBelow) },
  ...{ suppressByDependency: settings.suppressByDependency, silenceInMaintenance: settings.silenceInMaintenance },
})

/** A new policy begins as a copy of another. */
export const copyOf = (policy: PolicyInput): PolicyDraft => {
  const name = `${policy.name}, copy`
  return { ...draftOfPolicy(policy), name, slug: slugOf(name), description: policy.description }
}

/** What the command takes; what is no number stays one that is refused at its field. */
export const inputOfDraft = (draft: PolicyDraft) => ({
  ...{ name: draft.name, slug: draft.slug, description: draft.description },
  settings: {
    pairs: draft.pairs.map((pair) => ({
      long: number(pair.long),
      ...(pair.short !== '' && { short: number(pair.short) }),
      severity: pair.severity,
      at: pair.unit === 'share' ? { share: number(pair.value) / 100 } : { burn: number(pair.value) },
      ...{ minFailures: number(pair.minFailures), minEvents: number(pair.minEvents), for: number(pair.for) * MINUTE },
    })),
    ...{ keepFiring: number(draft.keepFiring) * MINUTE, clearBelow: number(draft.clearBelow) / 100 },
    ...{ suppressByDependency: draft.suppressByDependency, silenceInMaintenance: draft.silenceInMaintenance },
  },
})

/** The field of the form that a refusal of the command is about. */
export const policyField = (path: string): string =>
  path
    .replace(/^policy\./, '')
    .replace(/^settings\./, '')
    .replace(/\.at(\.\w+)?$/, '.value')
