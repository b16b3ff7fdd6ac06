import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi'
import {
  historyQuerySchema,
  historySchema,
  problemSchema,
  serviceDetailSchema,
  serviceListSchema,
  sloPageSchema,
  sloQuerySchema,
  sloSchema,
  statusSchema,
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

const id = z.object({ id: z.int().meta({ description: 'number of the SLO' }) })
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
      '/api/v1/slos': get('listSlos', 'SLOs, page by page', sloPageSchema, { query: sloQuerySchema }),
      '/api/v1/slos/{id}': get('getSlo', 'One SLO', sloSchema, { path: id }),
      '/api/v1/slos/{id}/status': get('getSloStatus', 'How an SLO stands now', statusSchema, { path: id }),
      '/api/v1/slos/{id}/history': get('getSloHistory', 'Budget, burn and SLI over time', historySchema, {
        path: id,
        query: historyQuerySchema,
      }),
    },
  })
