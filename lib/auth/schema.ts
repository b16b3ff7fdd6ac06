import { z } from 'zod'

export const emailSchema = z.email('Write an e-mail address, like ada@example.org.').trim().toLowerCase().max(200)

export const passwordSchema = z.string().min(12, 'Use at least 12 characters.').max(200, 'Use at most 200 characters.')

export const firstAdministratorSchema = z.object({
  token: z.string().min(1, 'Open the address that was printed when Headroom started: it carries the token.'),
  name: z.string().trim().min(1, 'Write your name.').max(100, 'Use at most 100 characters.'),
  email: emailSchema,
  password: passwordSchema,
})
export type FirstAdministrator = z.infer<typeof firstAdministratorSchema>
