import { z } from 'zod'

/** One window of a pair at one instant, unrounded. */
const readingSchema = z.object({
  /** seconds */
  length: z.number().int(),
  good: z.number(),
  total: z.number(),
  /** ×; null where nothing happened */
  burn: z.number().nullable(),
})

/** Why an alert fired or ended: everything its rule looked at. */
export const evidenceSchema = z.object({
  /** unix seconds */
  at: z.number().int(),
  target: z.number(),
  /** × */
  threshold: z.number(),
  /** share of the window's budget that is gone when the long window stands at the threshold */
  budgetShare: z.number(),
  long: readingSchema,
  short: readingSchema,
  minFailures: z.number(),
  minEvents: z.number(),
  /** seconds the condition has to hold, and has to be gone */
  for: z.number().int(),
  keepFiring: z.number().int(),
  /** share of the budget that was left */
  remaining: z.number(),
})
export type Evidence = z.infer<typeof evidenceSchema>
