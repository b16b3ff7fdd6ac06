import type { z } from 'zod'
import type { JourneySlo, JourneyView } from '../journey/journey'
import type { journeyResourceSchema, journeySloSchema } from './journey-resources'

const sloOf = (slo: JourneySlo | null): z.infer<typeof journeySloSchema> | null =>
  slo && {
    id: slo.id,
    key: slo.key,
    name: slo.name,
    service: slo.service,
    target: slo.target,
    window: slo.window,
    state: slo.state,
    remaining: slo.remaining,
    rule: slo.rule,
  }

export const journeyOf = ({ steps, result, asOf: _, ...journey }: JourneyView): z.infer<typeof journeyResourceSchema> => ({
  ...journey,
  steps: steps.map(({ name, sliType, threshold, slo }) => ({ name, sliType, threshold, slo: sloOf(slo) })),
  result: sloOf(result),
})
