import { IANAZone } from 'luxon'
import { z } from 'zod'

/** Every setting of the portal, read once. `docs/configuration.md` describes them for people. */
const schema = z.object({
  /** Any PostgreSQL 15 or newer. `npm start` sets it to the embedded one when it is absent. */
  DATABASE_URL: z.url({ error: 'DATABASE_URL must look like postgresql://user:password@host:5432/name.' }),
  /** The address people use, for links and sign-in. */
  NEXTAUTH_URL: z.url().default('http://localhost:3000'),
  /** Signs session cookies. `npm start` makes one and keeps it in the data directory. */
  NEXTAUTH_SECRET: z.string().min(16).optional(),
  /** `1` offers the demo people on the sign-in page. Never in production. */
  HEADROOM_DEMO: z.enum(['0', '1']).default('0'),
  /** `1` shows /metrics without a token. */
  HEADROOM_METRICS_OPEN: z.enum(['0', '1']).default('0'),
  /** The poller shows what it counts at /metrics of this port, on loopback. */
  HEADROOM_POLLER_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** The server that mail leaves through. Without it, mail waits in the outbox. */
  HEADROOM_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'HEADROOM_SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465.' })
    .optional(),
  /** Who mail is from. */
  HEADROOM_MAIL_FROM: z.string().min(3).optional(),
  /** The zone that the organisation's months are months of. */
  HEADROOM_TIME_ZONE: z
    .string()
    .refine((name) => IANAZone.isValidZone(name), {
      error: 'HEADROOM_TIME_ZONE must be an IANA time zone, for example Europe/Berlin.',
    })
    .default('UTC'),
  /** How many months reports are kept. */
  HEADROOM_REPORT_MONTHS: z.coerce
    .number({ error: 'HEADROOM_REPORT_MONTHS must be a number of months.' })
    .int()
    .min(13, { error: 'HEADROOM_REPORT_MONTHS must be 13 at least: reports compare a year.' })
    .default(60),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The settings; the first call throws a sentence naming the first bad one. */
export function env(): Env {
  // Another database means another process, or the next test.
  if (parsed?.DATABASE_URL !== process.env.DATABASE_URL || !parsed) {
    const result = schema.safeParse(process.env)
    if (!result.success) {
      const issue = result.error.issues[0]
      throw new Error(`Setting ${issue?.path.join('.')}: ${issue?.message}`)
    }
    parsed = result.data
  }
  return parsed
}
