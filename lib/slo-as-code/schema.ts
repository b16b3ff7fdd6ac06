import { z } from 'zod'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import { plainText, slugSchema } from '../slo/definition-input'
import { sloIdSchema } from '../slo/schema'

/** Files as they come in, and whose they are. */

const MOST_FILES = 2_000
/** of all files together */
export const MOST_INPUT_BYTES = 12 * 1024 * 1024

const OWNER = 'Name the set of files with small letters, digits, hyphens and slashes, for example git or shop/slos.'
export const ownerSchema = z
  .string({ error: OWNER })
  .max(100, { error: 'Use at most 100 characters for the name of the set.' })
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*(?:\/[a-z0-9]+(?:[-_.][a-z0-9]+)*)*$/, { error: OWNER })

const fileSchema = z.object({
  name: z
    .string({ error: 'Name the file.' })
    .min(1, { error: 'Name the file.' })
    .max(500, { error: 'Use at most 500 characters for the name of a file.' }),
  content: z.string({ error: 'Send the content of the file as text.' }),
})

const address = z
  .string()
  .max(500, { error: 'Use at most 500 characters for an address.' })
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
    error: 'Write the whole address, beginning with https://.',
  })

/** A word that is misspelt would be a set without a name, or a check that is left out. */
const strictly = (issue: { code?: string; keys?: string[] }): string =>
  issue.code === 'unrecognized_keys'
    ? `There is no field ${issue.keys?.map((key) => `“${key}”`).join(', ')} here.`
    : 'Send an object with files: [{ name, content }].'
const flag = (name: string) => z.boolean({ error: `${name} is true or false.` }).default(false)

export const planSchema = z.strictObject(
  {
    files: z
      .array(fileSchema, { error: 'Send files: [{ name, content }].' })
      .max(MOST_FILES, { error: `Send at most ${MOST_FILES} files at once.` })
      .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, {
        error: 'Two files have the same name.',
      }),
    owner: ownerSchema.nullable().default(null).meta({
      description: 'the set of files that manages what it makes; null: a person brings them in, and nobody manages them',
    }),
    prune: flag('prune').meta({ description: 'delete what this set made and its files no longer declare' }),
    adopt: flag('adopt').meta({ description: 'take over what is there and managed by nobody' }),
    source: z
      .string()
      .max(200)
      .nullable()
      .default(null)
      .meta({ description: 'the source of SLOs whose files name none of ours' }),
    team: z.string().max(60).nullable().default(null).meta({ description: 'team of new services whose labels name none' }),
    tier: z
      .enum(TIERS, { error: `The tier is one of ${TIERS.join(', ')}.` })
      .nullable()
      .default(null),
    serviceKind: z
      .enum(SERVICE_KINDS, { error: `The kind of a service is one of ${SERVICE_KINDS.join(', ')}.` })
      .nullable()
      .default(null),
    only: z
      .array(z.string().max(200))
      .max(20_000)
      .nullable()
      .default(null)
      .meta({ description: 'SLOs to take, as service/slo, with the services they need; null: all' }),
    policies: z
      .enum(['files', 'keep'], { error: 'Policies are those of the files, or keep as they are.' })
      .default('files')
      .meta({ description: 'keep: alert and error-budget policies stay as the portal has them, whatever the files say' }),
  },
  { error: strictly },
)
export type PlanInput = z.output<typeof planSchema>

const NO_FINGERPRINT = 'expect is the fingerprint of a plan: 16 letters and digits, as plan says them.'
export const applySchema = planSchema.extend({
  expect: z
    .string({ error: NO_FINGERPRINT })
    .regex(/^[0-9a-f]{16}$/, { error: NO_FINGERPRINT })
    .nullable()
    .default(null)
    .meta({ description: 'fingerprint of the plan that was looked at; refused when the plan is another one by now' }),
  revision: plainText('a revision', 100).nullable().default(null).meta({ description: 'commit, for people' }),
  repository: address.nullable().default(null).meta({ description: 'where the files are' }),
})
export type ApplyInput = z.output<typeof applySchema>

/** `owner`: the set that was seen to manage it */
export const detachSchema = z.object({ sloId: sloIdSchema, owner: ownerSchema })
export const detachServiceSchema = z.object({ slug: slugSchema, owner: ownerSchema })
