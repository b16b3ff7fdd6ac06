import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi'
import { journeyChangeSchema, journeySchema } from '../journey/schema'
import { sloDefinitionSchema } from '../slo/definition-input'
import { definitionChangeSchema, newSloSchema } from '../slo/schema'
import { journeyListSchema, journeyResourceSchema, savedJourneySchema } from './journey-resources'
import {
  definitionSchema,
  historyQuerySchema,
  historySchema,
  previewSchema,
  problemSchema,
  savedSchema,
  serviceDetailSchema,
  serviceListSchema,
  sloPageSchema,
  sloQuerySchema,
  sloSchema,
  statusSchema,
  versionListSchema,
} from './resources'

type Params = NonNullable<ZodOpenApiOperationObject['requestParams']>

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } })

const get = (
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
const write = (
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

const id = z.object({ id: z.int().meta({ description: 'number of the SLO' }) })
const journeySlug = z.object({ slug: z.string().meta({ description: 'short name of the journey' }) })
const slug = z.object({ slug: z.string().meta({ description: 'slug of the service' }) })

/** Everything under /api/v1, from the schemas that the routes parse and answer with. */
export const openApiDocument = () =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Headroom',
      version: '1',
      description: 'Services, SLOs, their error budgets and their history. Instants are ISO 8601 in UTC, ratios 0..1.',
    },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'npx headroom token create' } } },
    paths: {
      '/api/v1/services': get('listServices', 'All services', serviceListSchema),
      '/api/v1/services/{slug}': get('getService', 'One service with its SLOs', serviceDetailSchema, { path: slug }),
      '/api/v1/journeys': {
        ...get('listJourneys', 'All journeys with the state of each step', journeyListSchema),
        post: write('createJourney', 'Write a journey', { body: journeySchema, answer: savedJourneySchema, status: 201 }),
      },
      '/api/v1/journeys/{slug}': {
        ...get('getJourney', 'One journey', journeyResourceSchema, { path: journeySlug }),
        put: write('changeJourney', 'Save a journey', {
          body: journeyChangeSchema,
          answer: savedJourneySchema,
          params: { path: journeySlug },
        }),
        delete: write('deleteJourney', 'Delete a journey; its SLOs stay', {
          answer: z.object({ slug: z.string() }),
          params: { path: journeySlug, query: z.object({ version: z.int() }) },
        }),
      },
      '/api/v1/slos': {
        ...get('listSlos', 'SLOs, page by page', sloPageSchema, { query: sloQuerySchema }),
        post: write('createSlo', 'Define an SLO', { body: newSloSchema, answer: savedSchema, status: 201 }),
      },
      '/api/v1/slos/preview': {
        post: write('previewSlo', 'What a definition would have meant over the last 30 days', {
          body: sloDefinitionSchema,
          answer: previewSchema,
        }),
      },
      '/api/v1/slos/{id}/definition': {
        ...get('getSloDefinition', 'The definition in force', definitionSchema, { path: id }),
        put: write('changeSlo', 'Save a new version', {
          body: definitionChangeSchema,
          answer: savedSchema,
          params: { path: id },
        }),
        delete: write('deleteSlo', 'Take an SLO off every list; its history stays', {
          answer: z.object({ id: z.int() }),
          params: { path: id, query: z.object({ version: z.int() }) },
        }),
      },
      '/api/v1/slos/{id}/versions': get('listSloVersions', 'Every version, newest first', versionListSchema, { path: id }),
      '/api/v1/slos/{id}': get('getSlo', 'One SLO', sloSchema, { path: id }),
      '/api/v1/slos/{id}/status': get('getSloStatus', 'How an SLO stands now', statusSchema, { path: id }),
      '/api/v1/slos/{id}/history': get('getSloHistory', 'Budget, burn and SLI over time', historySchema, {
        path: id,
        query: historyQuerySchema,
      }),
    },
  })
