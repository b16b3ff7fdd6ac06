import { z } from 'zod'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import type { Format } from './declared'
import { MOST_BYTES } from './encoding'
import type { Fault } from './fault'

/** Files that people bring in by a browser. */

export const MOST_FILES = 500
/** Letters of all files together. */
export const MOST_TEXT = 8_000_000

/** Bytes of a request with them: letters of other scripts and line ends take more than one. */
export const MOST_BODY = 16_000_000

/** More than that of all files together nobody reads, and it would not fit a screen. */
export const MOST_FAULTS = 5_000

const fileSchema = z.object({
  name: z.string().min(1, { error: 'Name the file.' }).max(500, { error: 'Use at most 500 characters for the name of a file.' }),
  // The reader refuses what is too large with a better sentence, beside its file.
  content: z.string().max(MOST_BYTES + 1),
})

export const filesSchema = z
  .array(fileSchema)
  .max(MOST_FILES, { error: `Bring in at most ${MOST_FILES} files at once.` })
  .refine((files) => files.reduce((sum, { content }) => sum + content.length, 0) <= MOST_TEXT, {
    error: `Bring in at most ${MOST_TEXT / 1e6} MB at once.`,
  })
  .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, { error: 'Two files have the same name.' })

export const readSchema = z.object({ files: filesSchema })

/** What was found in one file. `null`: nothing that could be read to the end. */
export type FoundIn = { name: string; format: Format | null; slos: number }
export type ReadSource = { faults: Fault[]; objects: number; slos: number; found: FoundIn[] }

export const FORMAT_WORDS: Record<Format, string> = {
  openslo: 'OpenSLO',
  seed: 'slo.dev',
  sloth: 'Sloth',
  pyrra: 'Pyrra',
  'slo-generator': 'slo-generator',
}

/** Where files do not say: `null` leaves it to them, and to the only one there is. */
const choicesSchema = z.object({
  source: z.string().max(200).nullable(),
  team: z.string().max(60).nullable(),
  tier: z.enum(TIERS).nullable(),
  serviceKind: z.enum(SERVICE_KINDS).nullable(),
  policies: z.enum(['files', 'keep']),
})
export type ImportChoices = z.output<typeof choicesSchema>

/** `effects`: what it does to each budget is measured, which takes a while */
export const previewImportSchema = readSchema.extend({ choices: choicesSchema, effects: z.boolean() })
export const importSchema = readSchema.extend({
  choices: choicesSchema,
  only: z.array(z.string().max(200)).min(1, { error: 'Choose at least one SLO.' }).max(20_000),
  expect: z.string().max(100).meta({ description: 'fingerprint of the plan of all SLOs that was looked at' }),
})

/** What is there now, by the name it had in the plan. */
export type Imported = { verb: 'create' | 'change'; id: number; name: string; service: string }[]

/** What a person may choose from, and may do. */
export type ImportStart = {
  sources: string[]
  teams: { slug: string; name: string }[]
  may: { save: boolean; policies: boolean }
}
