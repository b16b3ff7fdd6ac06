import type { z } from 'zod'
import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { problemSchema } from './resources'

type Params = NonNullable<ZodOpenApiOperationObject['requestParams']>

export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** A question: answered to whoever may read. */
export const get = (
  operationId: string,
  summary: string,
  schema: z.ZodType,
  requestParams: Params = {},
): { get: ZodOpenApiOperationObject } => ({
  get: {
    operationId,
    summary,
    requestParams,
    responses: {
      200: { description: summary, content: { 'application/json': { schema } } },
      400: problem('The input cannot be read.'),
      401: problem('No token, or one that is not valid.'),
      404: problem('There is no such thing.'),
    },
  },
})

const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } })

/** A change: authorized by the role of the token, refused as a whole when any part of it is wrong. */
export const write = (
  operationId: string,
  summary: string,
  { body, answer, params = {}, status = 200 }: { body?: z.ZodType; answer: z.ZodType; params?: Params; status?: 200 | 201 },
): ZodOpenApiOperationObject => ({
  operationId,
  summary,
  requestParams: params,
  ...(body && { requestBody: { required: true, ...json(body) } }),
  responses: {
    [status]: { description: summary, ...json(answer) },
    400: problem('The input cannot be accepted; errors names each field.'),
    401: problem('No token, or one that is not valid.'),
    403: problem('The role of the token does not allow it.'),
    409: problem('Somebody else changed it meanwhile.'),
    503: problem('The source does not answer.'),
  },
})
