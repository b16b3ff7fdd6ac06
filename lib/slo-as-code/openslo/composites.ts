import type { CompositeRule } from '../../slo/composite'
import { MOST_MEMBERS, MOST_WEIGHT } from '../../slo/indicator'
import type { BudgetingMethod } from '../../slo/objective'
import type { Cursor } from '../cursor'
import type { DeclaredSlo } from '../declared'
import { slugAt } from '../terms'
import { edited, type OwnSlo } from './annotations'
import { namesSlo } from './names'
import type { Objects } from './references'

/** Composites of OpenSLO: an SLO whose objectives name an indicator each. */

/** The specification's rules for composites, by method, as the portal's closest one. */
export const compositeRule = (method: BudgetingMethod): CompositeRule =>
  method === 'time_slices' ? 'any-bad-slice' : 'weighted-mean'

/** The composite that an annotation names, while the objectives are its members with their weights. */
export function ownComposite(metadata: Cursor, { indicator }: OwnSlo, parts: Cursor[]): DeclaredSlo['indicator'] {
  if (!indicator) return null
  const members = indicator.kind === 'composite' ? indicator.members : []
  const same =
    members.length === parts.length &&
    members.every(({ service, slo, weight }, i) => {
      const part = parts[i]
      const written = part?.get('compositeWeight').number() ?? 1
      return written === weight && namesSlo(part?.get('indicatorRef').text(), service, slo)
    })
  if (same) return indicator
  edited(metadata, 'indicator', 'The list of objectives')
  return null
}

/** A composite is counted from its members and asks no source itself; every SLO has one, so it has the first that they name. */
export const sourceOfParts = (sources: (string | null | undefined)[]): string | null => sources.find(Boolean) ?? null

/** An SLO that was declared of an objective, and what it counts in the composite. */
export type Part = { objective: Cursor; slo: DeclaredSlo; weight: number }

/** Limits of the portal are refused where they stand: what would be written of more could not be read again. */
function refused(objectives: Cursor, parts: Part[], objects: Objects): boolean {
  const refuse = (at: Cursor, reason: string, suggestion: string) =>
    objects.refuse(at, 'validate', `The composite cannot be kept: ${reason}.`, suggestion)
  const heavy = parts.filter(({ weight }) => weight > MOST_WEIGHT)
  if (parts.length > MOST_MEMBERS)
    refuse(
      objectives,
      `it has ${parts.length} objectives, and at most ${MOST_MEMBERS} are taken`,
      `Split it into SLOs with at most ${MOST_MEMBERS} objectives each.`,
    )
  for (const { objective, weight } of heavy)
    refuse(
      objective.get('compositeWeight'),
      `a weight is at most ${MOST_WEIGHT}, and this is ${weight}`,
      'Divide the weights of all objectives by the same number.',
    )
  return parts.length > MOST_MEMBERS || heavy.length > 0
}

/** The composite over its parts. The rule that is applied is named. */
export function compositeOf(object: Cursor, parts: Part[], objects: Objects): DeclaredSlo[] {
  const first = parts[0]?.slo
  const objectives = object.in('spec', 'objectives')
  if (!first) return []
  if (parts.length < 2) {
    objectives.warn('validate', 'The composite is left out: only one of its objectives can be measured.')
    return []
  }
  if (refused(objectives, parts, objects)) return []
  const rule = compositeRule(first.method)
  objectives.warn(
    'validate',
    `The composite is counted as ${rule} of its ${parts.length} objectives; its target is their weighted mean.`,
  )
  const { name, displayName } = { name: object.in('metadata', 'name'), displayName: object.in('metadata', 'displayName') }
  return [
    {
      ...first,
      slug: slugAt(name, name.text()),
      name: displayName.text() || (name.text() ?? ''),
      source: sourceOfParts(parts.map(({ slo }) => slo.source)),
      indicator: {
        kind: 'composite',
        rule,
        late: 'leave-out',
        members: parts.map(({ slo, weight }) => ({ service: slo.service, slo: slo.slug, weight })),
      },
      target: meanTarget(
        parts.map(({ slo }) => slo.target),
        parts.map(({ weight }) => weight),
      ),
      grouping: [],
    },
  ]
}

/** Σ weight × target ÷ Σ weight. */
export function meanTarget(targets: number[], weights: number[]): number {
  const [first] = targets
  if (first !== undefined && targets.every((target) => target === first)) return first
  const sum = weights.reduce((a, b) => a + b, 0)
  return Number(targets.reduce((total, target, i) => total + target * ((weights[i] as number) / sum), 0).toPrecision(12))
}
