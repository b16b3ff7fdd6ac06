import { UNASSIGNED_POLICY } from '../policy/presets'
import { HOUR } from '../time-series/units'
import type { CostEstimate, DecisionInput, GatingSlo } from './decision'

/** 2026-07-15T12:00Z, a Wednesday. */
export const NOON = Date.UTC(2026, 6, 15, 12) / 1000

export const slo = (over: Partial<GatingSlo> = {}): GatingSlo => {
  const state = over.judged ?? 'healthy'
  return {
    ...{ id: 1, name: 'Orders accepted', state, judged: state, reason: { rule: 'within-budget' } },
    ...{ remaining: 0.8, pace: 0.4, coverage: 1, coverageFloor: 0.9, ts: NOON, easesAt: null },
    ...over,
  }
}

export const input = (over: Partial<DecisionInput> = {}): DecisionInput => ({
  now: NOON,
  policy: UNASSIGNED_POLICY,
  change: { type: 'feature', risk: 'low', plannedAt: null },
  slos: [slo()],
  incidents: [],
  costs: { low: null, medium: null, high: null },
  waivers: [],
  ...over,
})

export const waiver = { id: 7, untilTs: NOON + 48 * HOUR, budgetLimit: 0.05, spent: 0.01, reason: 'The sale starts tomorrow.' }

/** The same for every risk. */
export const costing = (cost: CostEstimate): DecisionInput['costs'] => ({ low: cost, medium: cost, high: cost })
