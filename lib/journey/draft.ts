import type { Criticality } from './journey'
import type { JourneyInput } from './schema'

/** A journey as a form holds it: an SLO that is not chosen is an empty text. */
export type JourneyDraft = Omit<JourneyInput, 'criticality' | 'steps' | 'result'> & {
  criticality: Criticality | ''
  steps: { name: string; sliType: string; threshold: string; slo: string }[]
  result: string
}

export const NO_STEP = { name: '', sliType: 'availability', threshold: '', slo: '' }

export const EMPTY_JOURNEY: JourneyDraft = {
  ...{ name: '', slug: '', criticality: 'high', description: '', businessImpact: '', result: '' },
  steps: [NO_STEP, NO_STEP],
}

export const draftOfJourney = ({ steps, result, ...journey }: JourneyInput): JourneyDraft => ({
  ...journey,
  steps: steps.map(({ slo, ...step }) => ({ ...step, slo: slo ?? '' })),
  result: result ?? '',
})

/** Unparsed, for `journeySchema`. */
export const inputOfDraft = ({ steps, result, ...journey }: JourneyDraft) => ({
  ...journey,
  steps: steps.map(({ slo, ...step }) => ({ ...step, slo: slo || null })),
  result: result || null,
})
