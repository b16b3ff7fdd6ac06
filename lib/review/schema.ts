import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'
import { type Rule, startsBetween } from '../correction/schedule'
import { rowNumber } from '../row-number'
import { plainText } from '../slo/definition-input'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import type { Standing } from './cycle'

export const cycleIdSchema = rowNumber('a cycle')
export const reviewIdSchema = rowNumber('a review')
const version = z.number({ error: 'Say which version was edited.' }).int().positive()

const SCOPE = 'Choose a team or a service, for example team:payments or service:checkout-api.'
const LOCAL = 'Write the first review as a date and a time, for example 2026-07-15T14:30.'
const RULE = 'Begin the rule with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, for example FREQ=WEEKLY;BYDAY=WE.'

const SLOW = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/

/** What a meeting ticks off unless somebody writes another list. */
export const DEFAULT_CHECKLIST = [
  'Every SLO on the agenda was looked at',
  'We know why each fast burn burned',
  'Each new incident was talked through',
  'Every action has an owner and a date',
  'Decisions are written down',
]

/** A cycle as people and programs write it. */
export const cycleInputSchema = z
  .object({
    name: plainText('a name', 80).min(1, { error: 'Give the review a name people will recognise.' }),
    scope: z.string({ error: SCOPE }).regex(/^(team|service):[a-z0-9-]+$/, { error: SCOPE }),
    from: z
      .string({ error: LOCAL })
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: LOCAL })
      .refine((text) => DateTime.fromISO(text, { zone: 'UTC' }).isValid, { error: 'This is no date of the calendar.' }),
    timeZone: z
      .string({ error: 'Choose a time zone.' })
      .refine((name) => IANAZone.isValidZone(name), { error: 'Use an IANA time zone, for example Europe/Berlin.' }),
    rrule: z
      .string({ error: RULE })
      .trim()
      .max(500, { error: 'Use at most 500 characters.' })
      .transform((text) => text.replace(/^RRULE:/i, '').toUpperCase())
      .refine((text) => SLOW.test(text), { error: RULE }),
    checklist: z
      .array(plainText('a line', 120).min(1, { error: 'Write the line, or remove it.' }))
      .max(9, { error: 'Nine lines at most: each has a key.' })
      .default(DEFAULT_CHECKLIST),
    enabled: z.boolean().default(true),
  })
  .superRefine((cycle, context) => {
    const message = ruleProblem(cycle)
    if (message) context.addIssue({ code: 'custom', path: ['rrule'], message })
  })
export type CycleInput = z.output<typeof cycleInputSchema>

/** Of a rule whose parts are in order: what is wrong with them has its own sentence. */
function ruleProblem(rule: Rule): string | null {
  const readable = IANAZone.isValidZone(rule.timeZone) && DateTime.fromISO(rule.from, { zone: 'UTC' }).isValid
  if (!readable || !SLOW.test(rule.rrule ?? '')) return null
  try {
    const from = DateTime.fromISO(rule.from, { zone: rule.timeZone }).toUnixInteger()
    const starts = startsBetween(rule, { from, to: from + 400 * DAY })
    if (starts.length === 0) return 'The rule has no occurrence within a year of its start. Check its days.'
    if (starts.some((at, i) => i > 0 && at - (starts[i - 1] as UnixSeconds) < 20 * HOUR))
      return 'Review once a day at most. Make the rule rarer.'
    return null
  } catch (error) {
    return `The rule cannot be read: ${error instanceof Error ? error.message : error}.`
  }
}

export const cycleChangeSchema = z.object({ version, cycle: cycleInputSchema })
export const updateCycleSchema = cycleChangeSchema.extend({ id: cycleIdSchema })
export const deleteCycleSchema = z.object({ id: cycleIdSchema, version: z.coerce.number().int().positive() })
export const startSchema = z.object({ id: cycleIdSchema })
export const skipBodySchema = z.object({
  occurrence: z.number({ error: 'Say which occurrence is skipped.' }).int(),
  reason: plainText('a reason', 300).min(1, { error: 'Say why it is skipped: it stands in the list.' }),
})
export const skipSchema = skipBodySchema.extend({ id: cycleIdSchema })

const sequence = z.number({ error: 'Say which state of the meeting was seen.' }).int().nonnegative()
export const conductSchema = z.discriminatedUnion('verb', [
  z.object({ id: reviewIdSchema, sequence, verb: z.literal('go'), to: z.number().int().nonnegative() }),
  z.object({ id: reviewIdSchema, sequence, verb: z.enum(['pause', 'resume', 'minute']) }),
])
export type ConductInput = z.output<typeof conductSchema>

const item = z.string().min(1).max(40)
export const decisionSchema = z.object({
  id: reviewIdSchema,
  item,
  text: plainText('a decision', 500).min(1, { error: 'Write what was decided.' }),
})
const owner = z.uuid({ error: 'Choose a person of the list, or nobody.' }).nullable()
const due = z.iso.date({ error: 'Write the date as year, month and day, for example 2026-07-15.' }).nullable()
const title = plainText('what is to be done', 300).min(1, { error: 'Write what is to be done.' })
export const actionSchema = z.object({ id: reviewIdSchema, item, title, owner: owner.default(null), dueOn: due.default(null) })
export const takeBackSchema = z.object({ id: reviewIdSchema, kind: z.enum(['decision', 'action']), captured: z.number().int() })
export const tickSchema = z.object({ id: reviewIdSchema, line: z.number().int().nonnegative(), done: z.boolean() })
export const closeSchema = z.object({ id: reviewIdSchema })

export const actionChangeBodySchema = z.object({
  version: z.number({ error: 'Say which version was changed.' }).int().positive(),
  title: title.optional(),
  owner: owner.optional(),
  dueOn: due.optional(),
  done: z.boolean().optional(),
})
export const actionChangeSchema = actionChangeBodySchema.extend({ id: rowNumber('an action') })
export type ActionChange = z.output<typeof actionChangeSchema>

export const actionQuerySchema = z.object({
  state: z.enum(['open', 'done', 'all'], { error: 'The state is open, done or all.' }).default('open'),
  service: z.string().min(1).max(60).optional(),
})
export type ActionQuery = z.output<typeof actionQuerySchema>

export type Named = { slug: string; name: string }
export type CycleScope = Named & { kind: 'team' | 'service'; id: number }

export type CycleInfo = {
  id: number
  version: number
  name: string
  scope: CycleScope
  rule: Rule
  /** the rule in words */
  words: string
  checklist: string[]
  enabled: boolean
  standing: Standing
  /** what goes on now */
  running: { id: number; startedAt: UnixSeconds; by: string } | null
  /** the newest that was held or skipped */
  last: { id: number; at: UnixSeconds; status: 'closed' | 'skipped'; by: string; reason: string } | null
  /** the newest with minutes */
  minutes: { id: number; at: UnixSeconds } | null
  openActions: number
}

export type ActionInfo = {
  id: number
  version: number
  title: string
  owner: { id: string; name: string } | null
  dueOn: string | null
  late: boolean
  doneAt: UnixSeconds | null
  service: Named | null
  incident: { id: number; title: string } | null
  review: { id: number; name: string; at: UnixSeconds } | null
}

export const carriedSchema = z.object({ id: reviewIdSchema, action: rowNumber('an action'), done: z.boolean() })
