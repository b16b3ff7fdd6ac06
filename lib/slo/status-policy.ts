import { z } from 'zod'

/** The thresholds of semantics §5. They belong to the error-budget policy and may differ per tier. */
export const statusPolicySchema = z
  .object({
    /** pace looks back over this share of the window */
    lookbackShare: z.number().gt(0).max(1),
    /** pace above which a state starts, × */
    pace: z.object({ attention: z.number(), warning: z.number(), critical: z.number() }),
    /** remaining budget below which a state starts, ratio */
    floor: z.object({ attention: z.number(), warning: z.number(), critical: z.number() }),
  })
  .refine((p) => p.pace.attention < p.pace.warning && p.pace.warning < p.pace.critical, {
    error: 'Pace thresholds must rise from attention to warning to critical.',
  })
  .refine((p) => p.floor.attention > p.floor.warning && p.floor.warning > p.floor.critical, {
    error: 'Floors must fall from attention to warning to critical.',
  })
export type StatusPolicy = z.infer<typeof statusPolicySchema>

export const DEFAULT_STATUS_POLICY: StatusPolicy = {
  lookbackShare: 0.1,
  pace: { attention: 1, warning: 1.5, critical: 2 },
  floor: { attention: 0.25, warning: 0.1, critical: 0.05 },
}
