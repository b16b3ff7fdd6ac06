import { z } from 'zod'
import type { Format } from './declared'
import { MOST_BYTES } from './encoding'
import type { Fault } from './fault'

/** Files that people bring in by a browser. */

export const MOST_FILES = 500
/** Letters of all files together. */
export const MOST_TEXT = 8_000_000

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
