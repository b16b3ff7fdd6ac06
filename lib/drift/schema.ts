import { z } from 'zod'

/** `source`: the name of one; `null`: all of them. */
export const checkDriftSchema = z.object({
  source: z
    .string({ error: 'Name a source.' })
    .max(200, { error: 'Use at most 200 characters for a source.' })
    .nullable()
    .default(null),
})
