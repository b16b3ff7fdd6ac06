import type { JourneyInput } from './schema'

const stepText = ({ name, sliType, threshold, slo }: JourneyInput['steps'][number]): string =>
  `${name}: ${sliType}, ${threshold}, ${slo ?? 'not measured'}`

const WORDS = {
  name: 'Name',
  slug: 'Short name',
  criticality: 'Criticality',
  result: 'Result',
} as const

/** Differences of two journeys as sentences. Empty when nothing changed. */
export function journeyChanges(before: JourneyInput, after: JourneyInput): string[] {
  const changes = (Object.keys(WORDS) as (keyof typeof WORDS)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => `${WORDS[key]} ${before[key] ?? 'none'} → ${after[key] ?? 'none'}`)
  const [old, now] = [before.steps.map(stepText), after.steps.map(stepText)]
  for (const step of now) if (!old.includes(step)) changes.push(`Step added: ${step}`)
  for (const step of old) if (!now.includes(step)) changes.push(`Step removed: ${step}`)
  if (old.join() !== now.join() && [...old].sort().join() === [...now].sort().join()) changes.push('Steps in another order')
  if (before.description !== after.description) changes.push('Description rewritten')
  if (before.businessImpact !== after.businessImpact) changes.push('Business impact rewritten')
  return changes
}
