import { HOUR, MINUTE } from '../time-series/units'
import { type AlertPolicy, alertPolicySchema } from './alert-policy'

export type Preset = { slug: string; name: string; description: string; settings: AlertPolicy }

/**
 * At one request a minute a single error burns 16.7 times too fast for an hour. Five are never chance, and a pair at 2 % of a
 * 99.9 % budget that is reached by a full outage has seen five bad events by then wherever there are six requests a minute.
 */
export const FAILURES = 5

/** Semantics §6; Site Reliability Workbook, chapter 5. Holds wherever nothing else is assigned. */
export const WORKBOOK: Preset = {
  slug: 'workbook',
  name: 'Workbook',
  description: 'Four pairs by share of the budget: two page, two open a ticket. Fits windows of any length.',
  settings: alertPolicySchema.parse({
    pairs: [
      { long: HOUR, severity: 'page', at: { share: 0.02 }, minFailures: FAILURES },
      { long: 6 * HOUR, severity: 'page', at: { share: 0.05 }, minFailures: FAILURES },
      { long: 24 * HOUR, severity: 'ticket', at: { share: 0.1 }, minFailures: FAILURES },
      { long: 72 * HOUR, severity: 'ticket', at: { share: 0.1 }, minFailures: FAILURES },
    ],
  }),
}

/** The two tiers many teams begin with: fixed burn rates, each with a pause before it fires. */
export const TWO_TIER: Preset = {
  slug: 'two-tier',
  name: 'Two tiers',
  description: 'A fast page and a slow ticket at fixed burn rates. The slow one spends 2.5 % of 30 days, not 10 %.',
  settings: alertPolicySchema.parse({
    pairs: [
      { long: HOUR, short: 5 * MINUTE, severity: 'page', at: { burn: 14.4 }, for: 2 * MINUTE },
      { long: 6 * HOUR, short: 30 * MINUTE, severity: 'ticket', at: { burn: 3 }, for: 15 * MINUTE },
    ],
  }),
}
