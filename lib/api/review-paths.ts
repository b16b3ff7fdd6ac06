import { z } from 'zod'
import { REVIEW_STATES } from '../review/cycle'
import { minutesSchema } from '../review/minutes'
import type { PastReview } from '../review/reads'
import {
  type ActionInfo,
  actionChangeBodySchema,
  actionQuerySchema,
  type CycleInfo,
  cycleChangeSchema,
  cycleInputSchema,
  skipBodySchema,
} from '../review/schema'
import { rowNumber } from '../row-number'
import type { UnixSeconds } from '../time-series/units'
import { get, problem, write } from './operations'

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const maybe = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))

const cycleSchema = z
  .object({
    ...{ id: z.int(), version: z.int(), name: z.string() },
    scope: z.string().meta({ description: 'team:payments or service:checkout-api' }),
    ...{ from: z.string(), timeZone: z.string(), rrule: z.string(), words: z.string() },
    ...{ checklist: z.array(z.string()), enabled: z.boolean() },
    state: z.enum(REVIEW_STATES),
    due: instant.nullable(),
    skippable: z.int().nullable().meta({ description: 'unix seconds: what a skip names as its occurrence' }),
    ...{ overdueSince: instant.nullable(), missed: z.int(), next: instant.nullable() },
    running: z.int().nullable().meta({ description: 'number of the review that goes on' }),
    minutes: z.int().nullable().meta({ description: 'number of the newest review with minutes' }),
    openActions: z.int(),
  })
  .meta({ id: 'ReviewCycle' })

const reviewSchema = z
  .object({
    ...{ id: z.int(), cycle: z.int(), name: z.string(), of: z.string(), status: z.enum(['running', 'closed', 'skipped']) },
    ...{ occurrence: instant, startedAt: instant, endedAt: instant.nullable(), by: z.string(), reason: z.string() },
    ...{ decisions: z.int(), actions: z.int() },
  })
  .meta({ id: 'Review' })

const actionOut = z
  .object({
    ...{ id: z.int(), version: z.int(), title: z.string() },
    owner: z.object({ id: z.string(), name: z.string() }).nullable(),
    ...{ dueOn: z.iso.date().nullable(), late: z.boolean(), doneAt: instant.nullable() },
    ...{ service: z.string().nullable(), incident: z.int().nullable(), review: z.int().nullable() },
  })
  .meta({ id: 'Action' })

export const cycleOf = ({
  scope,
  rule,
  standing,
  running,
  minutes,
  last: _,
  ...cycle
}: CycleInfo): z.infer<typeof cycleSchema> => ({
  ...{ ...cycle, scope: `${scope.kind}:${scope.slug}`, from: rule.from, timeZone: rule.timeZone, rrule: rule.rrule ?? '' },
  ...{ state: standing.state, due: maybe(standing.due), skippable: standing.skips },
  ...{ overdueSince: maybe(standing.overdueSince), missed: standing.missed, next: maybe(standing.next) },
  ...{ running: running?.id ?? null, minutes: minutes?.id ?? null },
})
export const reviewOf = ({ cycle, of, ...review }: PastReview): z.infer<typeof reviewSchema> => ({
  ...{ id: review.id, cycle: cycle.id, name: cycle.name, of: of.slug, status: review.status },
  ...{ occurrence: iso(review.occurrence), startedAt: iso(review.startedAt), endedAt: maybe(review.endedAt) },
  ...{ by: review.by, reason: review.reason, decisions: review.decisions, actions: review.actions },
})
export const actionOf = ({ service, incident, review, doneAt, ...action }: ActionInfo): z.infer<typeof actionOut> => ({
  ...{ ...action, doneAt: maybe(doneAt) },
  ...{ service: service?.slug ?? null, incident: incident?.id ?? null, review: review?.id ?? null },
})

export const reviewQuerySchema = z.object({
  cycle: rowNumber('a cycle').optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const cycleVersionSchema = z.object({
  version: z.coerce.number({ error: 'Say which version was read.' }).int().positive(),
})
const cyclePath = z.object({ id: z.int().meta({ description: 'number of the cycle' }) })
const path = z.object({ id: z.int().meta({ description: 'number of the review' }) })
const numbered = z.object({ id: z.int() })
const saved = z.object({ id: z.int(), version: z.int() })
const file = (operationId: string, summary: string, type: string) => ({
  get: {
    operationId,
    summary,
    requestParams: { path },
    responses: {
      200: { description: 'the document', content: { [type]: { schema: z.string() } } },
      401: problem('No token, or one that is not valid.'),
      404: problem('There are no such minutes.'),
    },
  },
})

export const reviewPaths = {
  '/api/v1/review-cycles': {
    ...get(
      'listReviewCycles',
      'When teams and services are reviewed, and how that stands',
      z.object({ items: z.array(cycleSchema) }),
    ),
    post: write('createReviewCycle', 'Plan reviews', { body: cycleInputSchema, answer: numbered, status: 201 }),
  },
  '/api/v1/review-cycles/{id}': {
    ...get('getReviewCycle', 'One cycle', cycleSchema, { path: cyclePath }),
    put: write('changeReviewCycle', 'Save another version', {
      ...{ body: cycleChangeSchema, answer: saved, params: { path: cyclePath } },
    }),
    delete: write('deleteReviewCycle', 'Take a cycle off the list; minutes stay', {
      ...{ answer: numbered, params: { path: cyclePath, query: cycleVersionSchema } },
    }),
  },
  '/api/v1/review-cycles/{id}/start': {
    post: write('startReview', 'Begin the review that is due, or join the one that goes on', {
      ...{ answer: numbered.extend({ joined: z.boolean() }), params: { path: cyclePath }, status: 201 as const },
    }),
  },
  '/api/v1/review-cycles/{id}/skip': {
    post: write('skipReview', 'Leave out what is due', {
      ...{ body: skipBodySchema, answer: numbered, params: { path: cyclePath }, status: 201 as const },
    }),
  },
  '/api/v1/reviews': get(
    'listReviews',
    'Reviews that were held or skipped, newest first',
    z.object({ items: z.array(reviewSchema) }),
    {
      query: reviewQuerySchema,
    },
  ),
  '/api/v1/reviews/{id}/close': {
    post: write('closeReview', 'End a review and write its minutes; again, nothing happens', {
      answer: numbered,
      params: { path },
    }),
  },
  '/api/v1/reviews/{id}/minutes': get('getMinutes', 'Minutes, as they were written', minutesSchema.meta({ id: 'Minutes' }), {
    path,
  }),
  '/api/v1/reviews/{id}/minutes.md': file('getMinutesMarkdown', 'The minutes as Markdown', 'text/markdown'),
  '/api/v1/reviews/{id}/minutes.html': file('getMinutesHtml', 'The minutes as one HTML file', 'text/html'),
  '/api/v1/actions': get(
    'listActions',
    'What is to be done, from reviews and incidents',
    z.object({ items: z.array(actionOut) }),
    {
      query: actionQuerySchema,
    },
  ),
  '/api/v1/actions/{id}': {
    patch: write('changeOpenAction', 'Change what is named; the rest stays', {
      ...{ body: actionChangeBodySchema, answer: saved },
      params: { path: z.object({ id: z.int().meta({ description: 'number of the action' }) }) },
    }),
  },
}
