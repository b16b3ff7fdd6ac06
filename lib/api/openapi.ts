import { z } from 'zod'
import { createDocument } from 'zod-openapi'
import { sloDefinitionSchema } from '../slo/definition-input'
import { definitionChangeSchema, newSloSchema } from '../slo/schema'
import { whatIfSchema } from '../slo/what-if'
import { correctionPaths } from './correction-paths'
import { get, write } from './operations'
import {
  definitionSchema,
  findingListSchema,
  historyQuerySchema,
  historySchema,
  previewSchema,
  savedSchema,
  serviceDetailSchema,
  serviceListSchema,
  sloPageSchema,
  sloQuerySchema,
  sloSchema,
  statusSchema,
  versionListSchema,
  whatIfResultSchema,
} from './resources'

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
      '/api/v1/slos/{id}/what-if': {
        post: write('whatIfSlo', 'What other rules would have meant over the last 30 days; nothing is saved', {
          body: whatIfSchema,
          answer: whatIfResultSchema,
          params: { path: id },
        }),
      },
      '/api/v1/slos/{id}/findings': get('listSloFindings', 'What is suspicious about the indicator', findingListSchema, {
        path: id,
      }),
      '/api/v1/slos/{id}/history': get('getSloHistory', 'Budget, burn and SLI over time', historySchema, {
        path: id,
        query: historyQuerySchema,
      }),
      ...correctionPaths,
    },
  })
