import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { ADA, EMIL, PABLO, SOFIA } from './decisions'

/** What people of the demo were let do although a budget was gone. Lengths count from when the demo is ready. */
export type DemoWaiver = {
  service: string
  /** only for the newest open request of the service */
  forRequest?: boolean
  by: string
  before: Seconds
  lasts: Seconds
  budgetLimit: number
  reason: string
  signed: { by: string; role: 'product_owner' | 'slo_owner' | 'administrator'; after: Seconds; note: string }[]
  ended?: { after: Seconds; why: string; spent: number; reviewed: boolean }
}

export const WAIVERS: DemoWaiver[] = [
  {
    ...{ service: 'shipping-quotes', by: EMIL, before: 34 * 24 * HOUR, lasts: 3 * 24 * HOUR, budgetLimit: 0.05 },
    reason: 'The contract with the new carrier begins; its prices have to be there.',
    signed: [
      { by: PABLO, role: 'product_owner', after: 40 * MINUTE, note: '' },
      { by: SOFIA, role: 'slo_owner', after: 2 * HOUR, note: 'With somebody who watches it.' },
    ],
    ended: { after: 3 * 24 * HOUR, why: 'Its time is over.', spent: 0.031, reviewed: true },
  },
  {
    ...{ service: 'shipping-quotes', by: EMIL, before: 12 * 24 * HOUR, lasts: 4 * 24 * HOUR, budgetLimit: 0.1 },
    reason: 'Quotes for the holidays cannot wait until the budget is back.',
    signed: [
      { by: PABLO, role: 'product_owner', after: 25 * MINUTE, note: '' },
      { by: ADA, role: 'administrator', after: 3 * HOUR, note: '' },
    ],
    ended: { after: 31 * HOUR, why: 'The budget it may spend is spent.', spent: 0.1004, reviewed: false },
  },
  {
    ...{ service: 'shipping-quotes', by: EMIL, before: 26 * HOUR, lasts: 4 * 24 * HOUR, budgetLimit: 0.05 },
    reason: 'What mends the fallback has to go out although the budget is gone.',
    signed: [
      { by: PABLO, role: 'product_owner', after: 30 * MINUTE, note: '' },
      { by: SOFIA, role: 'slo_owner', after: 70 * MINUTE, note: 'Fixes only, please.' },
    ],
  },
  {
    ...{ service: 'payment-gateway', forRequest: true, by: EMIL, before: 5 * HOUR, lasts: 2 * 24 * HOUR, budgetLimit: 0.03 },
    reason: 'The bank announces the wallet tomorrow; it is behind a flag until then.',
    signed: [{ by: SOFIA, role: 'slo_owner', after: 90 * MINUTE, note: 'Only with the flag off at first.' }],
  },
]
