import { z } from 'zod'

const source = z.string({ error: 'Name a source.' }).max(200, { error: 'Use at most 200 characters for a source.' })
const whole = (what: string) =>
  z.coerce.number({ error: `${what} is a whole number.` }).int({ error: `${what} is a whole number.` })

/** `source`: the name of one; `null`: all of them. */
export const checkDriftSchema = z.object({ source: source.nullable().default(null) })

/** Which of those that are not in step. */
export const driftQuerySchema = z.object({
  source: source.optional(),
  page: whole('A page').min(1, { error: 'Pages begin at 1.' }).max(10_000).default(1),
  limit: whole('The limit').min(1).max(500, { error: 'Ask for at most 500 SLOs at once.' }).default(100),
})
export type DriftQuery = z.output<typeof driftQuerySchema>
