import { slugOf } from '../slo/definition-input'
import type { Facts, SourceFact } from './facts'
import { type Fault, nearest } from './fault'
import type { PlanInput } from './schema'

/** What whoever applies files says besides them: names of what the portal has. */

export const sourceChosen = ({ sources }: Pick<Facts, 'sources'>, option: string): SourceFact | undefined =>
  sources.find(({ name }) => name === option)

export const teamNamed = ({ teams }: Pick<Facts, 'teams'>, name: string): Facts['teams'][number] | undefined =>
  teams.find(({ slug, name: full }) => slug === name || full === name || slug === slugOf(name))

const MOST_NAMES = 20

/** A name that is wrong is refused whether or not these files need it: else the mistake shows with the first file that does. */
export function unknownOptions(
  facts: Pick<Facts, 'sources' | 'teams'>,
  { source, team }: Pick<PlanInput, 'source' | 'team'>,
): Fault[] {
  const unknown = (option: 'source' | 'team', name: string, known: string[]): Fault => {
    const meant = nearest(name, known)
    const more = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : ''
    const there = `For the option ${option} there are: ${known.slice(0, MOST_NAMES).join(', ') || 'none yet'}${more}.`
    return {
      ...{ file: '', line: 1, column: 1, path: '', severity: 'error', stage: 'references', option },
      reason: `The portal has no ${option} “${name}”.`,
      suggestion: meant ? `Did you mean ${meant}? ${there}` : there,
    }
  }
  const names = facts.sources.map(({ name }) => name)
  const slugs = facts.teams.map(({ slug }) => slug)
  return [
    ...(source !== null && !sourceChosen(facts, source) ? [unknown('source', source, names)] : []),
    ...(team !== null && !teamNamed(facts, team) ? [unknown('team', team, slugs)] : []),
  ]
}
