import { z } from 'zod'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { Burning } from './burning'
import type { Ledger } from './ledger'
import type { Bucket } from './period'

/** The ledger of one SLO as screens and the API get it. */
export type SloLedger = Ledger & {
  slo: { id: number; name: string; slug: string; service: { slug: string; name: string } }
  target: number
  /** events or slices, for words */
  unit: 'events' | 'slices'
  by: Bucket
  /** of the zone of its window */
  zone: string
  /** newest evaluation: nothing after it is in the ledger */
  asOf: UnixSeconds
  /** where nobody answers for notable burn, largest first */
  open: Burning[]
  /** the whole period; it may still run */
  whole: Period
}

/** The ledgers of all SLOs of a service; budgets of different SLOs do not add, so each is a column of its own. */
export type ServiceLedger = { service: { slug: string; name: string }; ledgers: SloLedger[] }

const second = z.number({ error: 'An instant is a unix second.' }).int()
export const claimableSchema = z.object({ from: second, to: second })
export const claimSchema = claimableSchema.extend({
  incidentId: z.number({ error: 'Choose an incident.' }).int().positive({ error: 'Choose an incident.' }),
  sloId: z.number().int().positive(),
})
