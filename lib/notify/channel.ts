import { z } from 'zod'
import { TIERS, tierText } from '../service/tier'
import { plainText } from '../slo/definition-input'

export const CHANNEL_KINDS = ['email', 'slack', 'webhook', 'alertmanager'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]
export const KIND_WORDS: Record<ChannelKind, string> = {
  email: 'E-mail',
  slack: 'Slack',
  webhook: 'Webhook',
  alertmanager: 'Alertmanager',
}

/**
 * What a channel of each kind keeps. `owners`: mail goes as well to the people whom a release or a waiver concerns. Addresses may
 * carry a password or a token: they are stored, and never read out again.
 */
export const settingsSchema = z.object({
  to: z.array(z.string()).default([]),
  url: z.string().default(''),
  owners: z.boolean().optional(),
})
export type ChannelSettings = z.infer<typeof settingsSchema>

const MOST = 2_000
/**
 * Where clouds hand out a machine's passwords; `URL` writes every spelling of an address like this. Receivers in private networks
 * and on the same machine are common.
 */
const LINK_LOCAL = /^(169\.254\.|\[fe[89ab]|\[::ffff:a9fe:)/
const urlSchema = z
  .string({ error: 'Write the address the notices go to.' })
  .trim()
  .min(1, { error: 'Write the address the notices go to, for example https://hooks.example.org/headroom.' })
  .max(MOST, { error: `An address has at most ${MOST} characters.` })
  .refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), {
    error: 'Write an address that begins with http:// or https://, for example https://hooks.example.org/headroom.',
  })
  .refine((text) => !URL.canParse(text) || !LINK_LOCAL.test(new URL(text).hostname), {
    error: 'Write an address that is not link-local (169.254.0.0/16, fe80::/10): no receiver of notices is there.',
  })
const toSchema = z
  .array(z.email({ error: 'Write e-mail addresses like ops@example.org.' }), { error: 'Name whom the mail goes to.' })
  .min(1, { error: 'Name at least one address.' })
  .max(50, { error: 'Name at most 50 addresses; use a mailing list for more.' })
const secretSchema = z
  .string({ error: 'Write a secret of at least 16 characters. The receiver checks the signature with it.' })
  .min(16, { error: 'Write a secret of at least 16 characters. The receiver checks the signature with it.' })
  .max(200, { error: 'A secret has at most 200 characters.' })

export const SEVERITIES = ['page', 'ticket'] as const

/** Which notices go to a channel; an empty list means all of them. */
export const routeSchema = z.object({
  severities: z.array(z.enum(SEVERITIES, { error: 'A severity is page or ticket.' })).default([]),
  tiers: z.array(z.enum(TIERS, { error: `A tier is one of ${TIERS.join(', ')}.` })).default([]),
  teams: z.array(z.string().min(1).max(60)).max(200).default([]),
})
export type Route = z.infer<typeof routeSchema>

const shared = {
  name: plainText('a name', 60).min(1, { error: 'Give the channel a name, for example Payments on call.' }),
  enabled: z.boolean().default(true),
  routes: z
    .array(routeSchema)
    .min(1, { error: 'Say what goes to the channel: at least one route. Empty lists mean everything.' })
    .max(20, { error: 'A channel has at most 20 routes.' })
    .default([{ severities: [], tiers: [], teams: [] }]),
}

export const newChannelSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('email'), ...shared, to: toSchema, owners: z.boolean().default(true) }),
    z.object({ kind: z.literal('slack'), ...shared, url: urlSchema }),
    z.object({ kind: z.literal('webhook'), ...shared, url: urlSchema, secret: secretSchema }),
    z.object({ kind: z.literal('alertmanager'), ...shared, url: urlSchema }),
  ],
  { error: `The kind is one of ${CHANNEL_KINDS.join(', ')}.` },
)
export type NewChannel = z.output<typeof newChannelSchema>

/** What is left out stays as it is: addresses and secrets are never read out, so nobody can send them back. */
export const channelChangeSchema = z.object({
  version: z.number({ error: 'Say which version was read.' }).int().positive(),
  ...{ name: shared.name.optional(), enabled: z.boolean().optional(), routes: shared.routes.unwrap().optional() },
  ...{ to: toSchema.optional(), owners: z.boolean().optional(), url: urlSchema.optional(), secret: secretSchema.optional() },
})
export type ChannelChange = z.output<typeof channelChangeSchema>
export const changedChannelSchema = channelChangeSchema.extend({ id: z.number().int().positive() })

/** Whom or what a channel reaches, without what may be secret: user, password, query, and the path of a hook. */
export function addressText(kind: ChannelKind, { to, url }: ChannelSettings): string {
  if (kind === 'email') return to.join(', ')
  if (!URL.canParse(url)) return ''
  const { origin, pathname } = new URL(url)
  if (pathname === '/') return origin
  return kind === 'alertmanager' ? `${origin}${pathname}` : `${origin}/…`
}

const joined = (words: string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** "pages of critical and essential services of payments". */
export function routeText({ severities, tiers, teams }: Route): string {
  const what = severities.length === 1 ? `${severities[0]}s` : 'pages and tickets'
  const which = tiers.length > 0 ? ` of ${joined(tiers.map(tierText))} services` : teams.length > 0 ? ' of services' : ''
  return `${what}${which}${teams.length > 0 ? ` of ${joined(teams)}` : ''}`
}
