import { z } from 'zod'
import { plainText, slugSchema } from '../slo/definition-input'
import { sloIdSchema } from '../slo/schema'
import type { UnixSeconds } from '../time-series/units'
import type { Ranking } from './priority'
import { EFFORTS, type Judged } from './priority'
import { quarterSchema } from './quarter'
import type { Recommendation } from './recommend'
import type { Toil } from './toil'

const LINK = 'Write the whole address, beginning with https:// or http://, or nothing.'
const link = z
  .string({ error: LINK })
  .trim()
  .max(2_000, { error: 'A link has at most 2000 characters.' })
  .refine((text) => text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text)), { error: LINK })

/** 0: nobody has written anything yet. */
const version = z
  .number({ error: 'Say which version was read; 0 when there was none.' })
  .int({ error: 'The version is a whole number.' })
  .min(0, { error: 'The version is 0 or more.' })

/** What is left out stays as it is. */
export const estimateChangeSchema = z.object({
  version,
  effort: z.enum(EFFORTS, { error: `The effort is ${EFFORTS.join(', ')}.` }).optional(),
  owner: z.uuid({ error: 'Choose a person of the list.' }).nullable().optional().meta({ description: 'number of a person' }),
  link: link.optional(),
  note: plainText('a note', 1_000).optional(),
})
export const estimateSchema = estimateChangeSchema.extend({ slo: sloIdSchema })
export type Estimate = z.output<typeof estimateSchema>

const SIZE = 'Write how many people share the work, as a whole number.'
export const sizeChangeSchema = z.object({
  version: version.min(1, { error: 'Say which version was read.' }),
  /** null: as many as are known here */
  size: z
    .number({ error: SIZE })
    .int({ error: SIZE })
    .min(1, { error: 'A team has at least one person.' })
    .max(1_000, { error: 'Use at most 1000 people: plan larger organisations team by team.' })
    .nullable(),
})
export const sizeSchema = sizeChangeSchema.extend({ team: slugSchema })

export const planChangeSchema = z.object({
  quarter: quarterSchema,
  version,
  reliability: z
    .number({ error: 'Write the share for reliability as a number.' })
    .min(0, { error: 'The share for reliability is 0 % or more.' })
    .max(1, { error: 'The share for reliability is 100 % or less.' })
    .meta({ description: 'of the working time; features get the rest' }),
  note: plainText('a note', 2_000).default(''),
})
export const planSchema = planChangeSchema.extend({ team: slugSchema })

export const planningQuerySchema = z.object({
  /** absent: the one that runs */
  quarter: quarterSchema.optional(),
})

/** The same from the address of the page, with the team. */
export const planningPageSchema = planningQuerySchema.extend({ team: slugSchema.optional() })

/** An SLO in the list of priorities, as screens and the API get it. */
export type PriorityRow = Judged & {
  team: { slug: string; name: string }
  owner: { id: string; name: string } | null
  link: string
  note: string
  /** 0: nobody has estimated it; M is assumed */
  version: number
  /** what to do, most telling first; none for what is unknown */
  actions: Recommendation[]
}
export type Priorities = Ranking<PriorityRow> & {
  /** newest evaluation */
  asOf: UnixSeconds | null
}

export type TeamToil = Toil & {
  team: { slug: string; name: string; version: number }
  /** people who are known here; what counts when no size was set */
  known: number
  /** as set */
  set: number | null
  /** SLOs that are judged, of all that are measured */
  judged: number
  slos: number
}
