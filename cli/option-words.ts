import type { Plan } from '../lib/slo-as-code/plan'

/** What the portal calls its options, and how they are written here. The portal may be another one: its sentences come as they are. */
const WRITTEN: [RegExp, string][] = [
  [/\bthe option (source|team)\b/g, '--$1'],
  [/\bAdopt it to\b/g, 'Use --adopt to'],
  [/\bor options say otherwise\b/g, 'or --team, --tier and --service-kind say otherwise'],
]

export const optionWords = (sentence: string): string =>
  WRITTEN.reduce((text, [words, option]) => text.replace(words, option), sentence)

/** A plan as people read it at the command line; programs get it as it is. */
export const planInOptions = (plan: Plan): Plan => ({
  ...plan,
  faults: plan.faults.map((fault) => (fault.suggestion ? { ...fault, suggestion: optionWords(fault.suggestion) } : fault)),
  items: plan.items.map((item) => ({
    ...item,
    reason: item.reason && optionWords(item.reason),
    notes: item.notes.map(optionWords),
  })),
  notes: plan.notes.map(optionWords),
})
