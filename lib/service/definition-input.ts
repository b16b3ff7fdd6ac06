import { z } from 'zod'
import { labelsSchema, nameText, plainText, slugSchema, writtenText } from '../slo/definition-input'
import { zoneSchema } from '../slo/window'
import { characteristicsSchema } from './characteristics'
import { SERVICE_KINDS, TIERS } from './tier'

/** A service as people and programs write it: the form and the API are read by this one schema. */

const WHOLE_ADDRESS = 'Write the whole address, beginning with https:// or http://.'

/** Only what a browser opens as a page: other schemes could run as a script of the portal. */
const link = z
  .string({ error: WHOLE_ADDRESS })
  .trim()
  .max(2_000, { error: 'Use at most 2000 characters.' })
  .refine((text) => addressOf(text) !== null, { error: WHOLE_ADDRESS })
  .refine((text) => !addressOf(text)?.username, { error: 'Leave name and password out of the address.' })
  .nullable()
  .default(null)

function addressOf(text: string): URL | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null
}

export const LINKS = ['runbook', 'dashboard', 'repository'] as const
export const LINK_WORDS: Record<(typeof LINKS)[number], string> = {
  runbook: 'Runbook',
  dashboard: 'Dashboard',
  repository: 'Repository',
}
export const linksSchema = z.object({ runbook: link, dashboard: link, repository: link })
export type ServiceLinks = z.output<typeof linksSchema>
export const NO_LINKS: ServiceLinks = linksSchema.parse({})

const passage = plainText('a text', 4_000).default('')
const contextSchema = z.object({
  /** what people who use it count on */
  userExpectations: passage,
  /** what it costs when it fails */
  businessImpact: passage,
  /** what keeps it from being better */
  technicalConstraints: passage,
})
export type ServiceContext = z.output<typeof contextSchema>
export const NO_CONTEXT: ServiceContext = contextSchema.parse({})
export const CONTEXT_WORDS: Record<keyof ServiceContext, string> = {
  userExpectations: 'User expectations',
  businessImpact: 'Business impact',
  technicalConstraints: 'Technical constraints',
}

const person = z.string({ error: 'Choose a person.' }).max(320).nullable().default(null)

export const serviceDefinitionSchema = z
  .object({
    name: nameText('a name', 80).min(1, { error: 'Give the service a name people will recognise.' }),
    slug: slugSchema.refine((slug) => !['new', 'organisation'].includes(slug), {
      error: 'The portal needs this word itself. Choose another.',
    }),
    description: writtenText('a description', 2_000).default(''),
    tier: z.enum(TIERS, { error: 'Choose a tier.' }),
    kind: z.enum(SERVICE_KINDS, { error: 'Choose a kind.' }),
    team: z.string().max(60).nullable().default(null).meta({ description: 'slug of the engineering team' }),
    newTeam: nameText('a name', 60).nullable().default(null).meta({ description: 'name of a team to make, instead of team' }),
    labels: labelsSchema.default({}),
    links: linksSchema.default(NO_LINKS),
    context: contextSchema.default(NO_CONTEXT),
    characteristics: characteristicsSchema.default(characteristicsSchema.parse({})),
    sloOwner: person.meta({ description: 'e-mail of the person who keeps the objectives honest' }),
    productOwner: person.meta({ description: 'e-mail of the person who decides about spending' }),
    timeZone: zoneSchema.default('UTC').meta({ description: 'IANA zone: the months of its reports are months of it' }),
    dependencies: z
      .array(z.string().max(60), { error: 'Name the services it depends on.' })
      .max(100, { error: 'Name at most 100 dependencies.' })
      .default([])
      .meta({ description: 'slugs of the services it needs' }),
  })
  .superRefine(({ team, newTeam }, context) => {
    if (!team && !newTeam) context.addIssue({ code: 'custom', path: ['team'], message: 'Choose a team, or name a new one.' })
    if (team && newTeam)
      context.addIssue({ code: 'custom', path: ['newTeam'], message: 'Choose a team or name a new one, not both.' })
  })

type ServiceInput = z.output<typeof serviceDefinitionSchema>
/** What a version keeps: everything that was decided. A new team has become a team by then. */
export type ServiceRecord = Omit<ServiceInput, 'team' | 'newTeam'> & { team: string }
export type ServiceDefinition = ServiceInput
