import { z } from 'zod'

const pace = z
  .number({ error: 'Write a pace as a number, for example 1.5.' })
  .min(0, { error: 'A pace is 0 or more.' })
  .max(1_000_000, { error: 'A pace is at most a million.' })
const floor = z
  .number({ error: 'Write what is left as a share between 0 and 1.' })
  .min(0, { error: 'What is left is 0 or more.' })
  .max(1, { error: 'What is left is at most 1, the whole budget.' })

/** The thresholds of semantics §5. They belong to the error-budget policy and may differ per tier. */
export const statusPolicySchema = z
  .object({
    /** pace looks back over this share of the window */
    lookbackShare: z
      .number({ error: 'Write the lookback as a share of the window between 0 and 1.' })
      .gt(0, { error: 'The lookback is longer than nothing.' })
      .max(1, { error: 'The lookback is at most the whole window.' }),
    /** pace above which a state starts, × */
    pace: z.object({ attention: pace, warning: pace, critical: pace }),
    /** remaining budget below which a state starts, ratio */
    floor: z.object({ attention: floor, warning: floor, critical: floor }),
  })
  .refine((p) => p.pace.attention < p.pace.warning && p.pace.warning < p.pace.critical, {
    error: 'Pace thresholds must rise from attention to warning to critical.',
    path: ['pace', 'critical'],
  })
  .refine((p) => p.floor.attention > p.floor.warning && p.floor.warning > p.floor.critical, {
    error: 'Floors must fall from attention to warning to critical.',
    path: ['floor', 'critical'],
  })
export type StatusPolicy = z.infer<typeof statusPolicySchema>

export const DEFAULT_STATUS_POLICY: StatusPolicy = {
  lookbackShare: 0.1,
  pace: { attention: 1, warning: 1.5, critical: 2 },
  floor: { attention: 0.25, warning: 0.1, critical: 0.05 },
}
