import { z } from 'zod'
import { slugSchema } from '../slo/definition-input'
import { problem } from './operations'
import { exportedFilesSchema } from './slo-as-code-paths'

const FORMATS = ['grafana', 'grafana-files'] as const

export const dashboardsQuerySchema = z.object({
  format: z
    .enum(FORMATS, { error: `The format is one of ${FORMATS.join(', ')}.` })
    .default('grafana')
    .meta({ description: 'grafana: one dashboard; grafana-files: all of them, or that of the service, as files' }),
  service: slugSchema.optional().meta({ description: 'slug of a service; without it, the overview' }),
})

/** The rest of it is Grafana's. */
const dashboardSchema = z
  .looseObject({ uid: z.string(), title: z.string(), schemaVersion: z.int(), panels: z.array(z.looseObject({ id: z.int() })) })
  .meta({ id: 'GrafanaDashboard', description: 'a dashboard as Grafana imports it' })

export const dashboardPaths = {
  '/api/v1/slo-as-code/dashboards': {
    get: {
      operationId: 'exportDashboards',
      summary: 'Dashboards of Grafana over what the exported rules record',
      requestParams: { query: dashboardsQuerySchema },
      responses: {
        200: {
          description: 'a dashboard, or files',
          content: { 'application/json': { schema: z.union([dashboardSchema, exportedFilesSchema]) } },
        },
        400: problem('The input cannot be read.'),
        401: problem('No token, or one that is not valid.'),
        404: problem('There is no such service.'),
      },
    },
  },
}
