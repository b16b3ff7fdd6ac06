import type { CompositeRule } from '../slo/composite'
import { INDICATOR_WORDS } from '../slo/indicator'
import type { SloState } from '../slo/state'
import type { Ratio, UnixSeconds } from '../time-series/units'

export const CRITICALITIES = ['critical', 'high', 'medium', 'low'] as const
export type Criticality = (typeof CRITICALITIES)[number]

/** What a step is judged by, in the words of the indicators. */
export const SLI_TYPES = [...new Set(Object.values(INDICATOR_WORDS))] as [string, ...string[]]

/** An SLO as a step or a result shows it. */
export type JourneySlo = {
  id: number
  /** "service/slo", short names */
  key: string
  name: string
  service: string
  target: Ratio
  /** in words */
  window: string
  /** `null` before the first evaluation */
  state: SloState | null
  remaining: number | null
  since: UnixSeconds | null
  /** of a composite */
  rule: CompositeRule | null
  /** it was deleted or set back to a draft: nothing measures the step now */
  gone: boolean
}

export type JourneyStepView = { name: string; sliType: string; threshold: string; slo: JourneySlo | null; inResult: boolean }

export type JourneyView = {
  slug: string
  name: string
  criticality: Criticality
  description: string
  businessImpact: string
  version: number
  result: JourneySlo | null
  steps: JourneyStepView[]
  asOf: UnixSeconds | null
}

/** What is compared to tell journeys apart: their names and the SLOs of their steps, in order. */
export type Known = { name: string; slug: string; slos: string[] }
export type Overlap = { path: string; message: string }

/** Where a journey would repeat itself or another one. `slos` of the steps, "service/slo" or `null`. */
export function overlaps(journey: { name: string; slug: string; steps: { slo: string | null }[] }, others: Known[]): Overlap[] {
  const found: Overlap[] = []
  const sameName = others.find(({ name }) => name.toLowerCase() === journey.name.toLowerCase())
  if (sameName) found.push({ path: 'name', message: `There is a journey “${sameName.name}” already. Choose another name.` })
  const sameSlug = others.find(({ slug }) => slug === journey.slug)
  if (sameSlug) found.push({ path: 'slug', message: `“${sameSlug.name}” has this short name already. Choose another.` })
  journey.steps.forEach(({ slo }, i) => {
    const first = journey.steps.findIndex((other) => other.slo === slo)
    if (slo !== null && first < i)
      found.push({ path: `steps.${i}.slo`, message: `Step ${first + 1} is measured by this SLO already. Choose another.` })
  })
  const own = journey.steps.flatMap(({ slo }) => slo ?? [])
  const twin = own.length > 0 ? others.find(({ slos }) => slos.join() === own.join()) : undefined
  if (twin)
    found.push({
      path: 'steps',
      message: `“${twin.name}” goes through the same SLOs in the same order. Change a step, or edit it.`,
    })
  return found
}
