import { z } from 'zod'
import { ROLES } from '../auth/role'

export const newTokenSchema = z.object({
  name: z.string().trim().min(1, 'Give the token a name that says who uses it.').max(100, 'Use at most 100 characters.'),
  role: z.enum(ROLES, { error: `The role is one of ${ROLES.join(', ')}.` }),
  /** how long it is valid; without it, until it is revoked */
  days: z.number().int('Days are a whole number.').min(1, 'A token lives for at least a day.').max(3_650).optional(),
})
export type NewToken = z.infer<typeof newTokenSchema>
