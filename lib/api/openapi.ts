import { z } from 'zod'
import { createDocument } from 'zod-openapi'
import { changeServiceSchema, createServiceSchema } from '../service/schema'
import { sloDefinitionSchema } from '../slo/definition-input'
import { definitionChangeSchema, newSloSchema } from '../slo/schema'
import { whatIfSchema } from '../slo/what-if'
import { alertPaths, previewQuerySchema } from './alert-paths'
import { budgetPolicyPaths } from './budget-policy-paths'
import { correctionPaths } from './correction-paths'
import { dashboardPaths } from './dashboard-paths'
import { decisionPaths } from './decision-paths'
import { driftPaths } from './drift-paths'
import { governancePaths } from './governance-paths'
import { incidentPaths } from './incident-paths'
import { journeyPaths } from './journey-paths'
import { ledgerPaths } from './ledger-paths'
import { notifyPaths } from './notify-paths'
import { get, problem, write } from './operations'
import { priorityPaths } from './priority-paths'
import { releasePaths } from './release-paths'
import { reportPaths } from './report-paths'
import {
  definitionSchema,
  findingListSchema,
  historyQuerySchema,
  historySchema,
  previewSchema,
  savedSchema,
  sloDetailSchema,
  sloPageSchema,
  sloQuerySchema,
  statusSchema,
  versionListSchema,
  whatIfResultSchema,
} from './resources'
import { reviewPaths } from './review-paths'
import { serviceDetailSchema, serviceListSchema, serviceSavedSchema } from './service-resources'
import { sloAsCodePaths } from './slo-as-code-paths'
import { templatePaths } from './template-paths'
import { wallPaths } from './wall-paths'

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
      '/api/v1/services': {
        ...get('listServices', 'All services', serviceListSchema),
        post: write('createService', 'Define a service', { body: createServiceSchema, answer: serviceSavedSchema, status: 201 }),
      },
      '/api/v1/services/{slug}': {
        ...get('getService', 'One service with its definition and its SLOs', serviceDetailSchema, { path: slug }),
        put: write('changeService', 'Save a new version', {
          body: changeServiceSchema,
          answer: serviceSavedSchema,
          params: { path: slug },
        }),
        delete: write('deleteService', 'Remove a service without SLOs', {
          answer: z.object({ slug: z.string() }),
          params: { path: slug, query: z.object({ version: z.int() }) },
        }),
      },
      '/api/v1/services/{slug}/specification.md': {
        get: {
          operationId: 'getServiceSpecification',
          summary: 'What a service promises, why and to whom, as a document',
          requestParams: { path: slug },
          responses: {
            200: { description: 'the document', content: { 'text/markdown': { schema: z.string() } } },
            401: problem('No token, or one that is not valid.'),
            404: problem('There is no such service.'),
          },
        },
      },
      '/api/v1/slos': {
        ...get('listSlos', 'SLOs, page by page', sloPageSchema, { query: sloQuerySchema }),
        post: write('createSlo', 'Define an SLO', { body: newSloSchema, answer: savedSchema, status: 201 }),
      },
      '/api/v1/slos/preview': {
        post: write('previewSlo', 'What a definition would have meant over the last 30 days', {
          body: sloDefinitionSchema,
          answer: previewSchema,
          params: { query: previewQuerySchema },
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
      '/api/v1/slos/{id}': get('getSlo', 'One SLO', sloDetailSchema, { path: id }),
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
      ...driftPaths,
      ...journeyPaths,
      ...correctionPaths,
      ...ledgerPaths,
      ...alertPaths,
      ...budgetPolicyPaths,
      ...incidentPaths,
      ...notifyPaths,
      ...releasePaths,
      ...decisionPaths,
      ...priorityPaths,
      ...reportPaths,
      ...reviewPaths,
      ...sloAsCodePaths,
      ...templatePaths,
      ...wallPaths,
      ...governancePaths,
      ...sloAsCodePaths,
      ...dashboardPaths,
    },
  })
