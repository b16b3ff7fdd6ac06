import { z } from 'zod'
import type { GateAnswer } from '../decision/commands-gate'
import { REQUEST_STATUSES } from '../decision/lifecycle'
import {
  draftChangeSchema,
  gateSchema,
  newRequestSchema,
  newWaiverSchema,
  notedSchema,
  releasedSchema,
  requestFilterSchema,
  revisedSchema,
  signatureSchema,
  tickSchema,
  verdictSchema,
  waiverFilterSchema,
} from '../decision/schema'
import { WAIVER_STATUSES } from '../decision/waiver'
import { decisionOf, decisionSchema, requestListSchema, requestSchema, waiverSchema } from './decision-resources'
import { get, problem, write } from './operations'

const path = z.object({ id: z.int().meta({ description: 'number of the request, without R-' }) })
const waiverPath = z.object({ id: z.int().meta({ description: 'number of the waiver, without W-' }) })
const moved = z.object({ id: z.int(), status: z.enum(REQUEST_STATUSES), revision: z.int() })
const asked = moved.extend({ decision: decisionSchema.nullable() })
const movedWaiver = z.object({ id: z.int(), status: z.enum(WAIVER_STATUSES), revision: z.int() })

export const gateAnswerSchema = z
  .object({
    outcome: z.enum(['go', 'no', 'person']).meta({ description: 'person: somebody has to say so' }),
    service: z.string(),
    version: z.string().nullable(),
    decision: decisionSchema,
    request: moved.nullable().meta({ description: 'the release request; null when only a question was asked' }),
  })
  .meta({ id: 'GateAnswer' })
export type GateReply = z.infer<typeof gateAnswerSchema>
export const gateOf = ({ decision, ...answer }: GateAnswer): GateReply => ({
  ...answer,
  decision: decisionOf(decision),
})

const move = (operationId: string, summary: string, body: z.ZodType, answer: z.ZodType = moved) => ({
  post: write(operationId, summary, { body, answer, params: { path } }),
})
const moveWaiver = (operationId: string, summary: string, body: z.ZodType) => ({
  post: write(operationId, summary, { body, answer: movedWaiver, params: { path: waiverPath } }),
})
const gate = write('askGate', 'May a release go out now? With a version it is asked for', {
  body: gateSchema,
  answer: gateAnswerSchema,
  params: {
    header: z.object({
      'idempotency-key': z
        .string()
        .optional()
        .meta({ description: 'for a week the same key is about the same request, as it stands then' }),
    }),
  },
})

export const decisionPaths = {
  '/api/v1/gate': {
    post: { ...gate, responses: { ...gate.responses, 422: problem('The Idempotency-Key was used with another body.') } },
  },
  '/api/v1/release-requests': {
    ...get('listReleaseRequests', 'Release requests, newest first', requestListSchema, { query: requestFilterSchema }),
    post: write('askForRelease', 'Ask whether a version may go out; it is decided at once', {
      body: newRequestSchema,
      answer: asked,
      status: 201,
    }),
  },
  '/api/v1/release-requests/{id}': {
    ...get('getReleaseRequest', 'One release request with its decision', requestSchema, { path }),
    put: write('changeReleaseRequest', 'Change a draft', {
      body: draftChangeSchema,
      answer: z.object({ id: z.int(), revision: z.int() }),
      params: { path },
    }),
  },
  '/api/v1/release-requests/{id}/ask': move('askAgain', 'Have a draft decided, or a request decided anew', revisedSchema, asked),
  '/api/v1/release-requests/{id}/decision': move('decideRelease', 'Approve, with conditions, or refuse', verdictSchema),
  '/api/v1/release-requests/{id}/retraction': move('retractApproval', 'Take one’s own approval back', notedSchema),
  '/api/v1/release-requests/{id}/withdrawal': move('withdrawRelease', 'Take a request back', notedSchema),
  '/api/v1/release-requests/{id}/release': move(
    'markReleased',
    'An approved request went out',
    releasedSchema,
    moved.extend({ release: z.int() }),
  ),
  '/api/v1/release-requests/{id}/conditions': move(
    'tickCondition',
    'Tick a condition off, or take the tick back',
    tickSchema,
    z.object({ id: z.int(), condition: z.int(), done: z.boolean() }),
  ),
  '/api/v1/waivers': {
    ...get('listWaivers', 'Waivers, newest first', z.object({ items: z.array(waiverSchema) }), { query: waiverFilterSchema }),
    post: write('askForWaiver', 'Ask two people to open what is blocked', {
      body: newWaiverSchema,
      answer: movedWaiver,
      status: 201,
    }),
  },
  '/api/v1/waivers/{id}': get('getWaiver', 'One waiver', waiverSchema, { path: waiverPath }),
  '/api/v1/waivers/{id}/signature': moveWaiver(
    'signWaiver',
    'Grant or refuse; the second signature puts it in force',
    signatureSchema,
  ),
  '/api/v1/waivers/{id}/withdrawal': moveWaiver('withdrawWaiver', 'Take a waiver back that was asked for', notedSchema),
  '/api/v1/waivers/{id}/revocation': moveWaiver('revokeWaiver', 'End a waiver before its time', notedSchema),
  '/api/v1/waivers/{id}/review': moveWaiver('reviewWaiver', 'A review has looked at it', revisedSchema),
}
