import { z } from 'zod'
import { monthSchema } from '../report/document'
import { buildSchema, reportFilterSchema, shareDaysSchema, subscribeSchema } from '../report/schema'
import { get, problem, write } from './operations'
import {
  builtSchema,
  reportListSchema,
  reportSchema,
  revisionListSchema,
  shareLinkSchema,
  subscriptionListSchema,
} from './report-resources'

const path = z.object({
  service: z.string().meta({ description: 'slug of the service, or “organisation”' }),
  month: monthSchema.meta({ description: 'for example 2026-06' }),
})
const query = z.object({ revision: z.int().optional().meta({ description: 'the newest unless said otherwise' }) })
const id = z.object({ id: z.int().meta({ description: 'number of the subscription' }) })

const file = (operationId: string, summary: string, type: string) => ({
  get: {
    operationId,
    summary,
    requestParams: { path, query },
    responses: {
      200: { description: 'the file', content: { [type]: { schema: z.string() } } },
      401: problem('No token, or one that is not valid.'),
      404: problem('There is no such report.'),
    },
  },
})

const ONE = '/api/v1/reports/{service}/{month}'

export const reportPaths = {
  '/api/v1/reports': {
    ...get('listReports', 'Reports that are kept, the newest month first', reportListSchema, { query: reportFilterSchema }),
    post: write('buildReport', 'Build the report of a month that is over; nothing is written when it says the same', {
      ...{ body: buildSchema, answer: builtSchema, status: 201 },
    }),
  },
  [ONE]: get('getReport', 'The report of a month', reportSchema, { path, query }),
  [`${ONE}/report.html`]: file('getReportHtml', 'The same as one HTML file, as it was when it was built', 'text/html'),
  [`${ONE}/report.csv`]: file('getReportCsv', 'Its figures as a table', 'text/csv'),
  [`${ONE}/report.json`]: file('getReportJson', 'The same as a file, byte by byte what was hashed', 'application/json'),
  [`${ONE}/preview`]: get('previewReport', 'What the report of a month would say now; kept nowhere', reportSchema, { path }),
  [`${ONE}/revisions`]: get('listReportRevisions', 'Every revision, newest first, with what changed', revisionListSchema, {
    path,
  }),
  [`${ONE}/share`]: {
    post: write('shareReport', 'Make a link that opens the report without signing in, for some days', {
      ...{ body: shareDaysSchema, answer: shareLinkSchema, params: { path, query }, status: 201 },
    }),
  },
  '/api/v1/report-subscriptions': {
    ...get('listReportSubscriptions', 'Who is told of reports, as far as one may change it', subscriptionListSchema),
    post: write('subscribeToReports', 'Be told of reports of a service, of a team’s services or of the organisation', {
      ...{ body: subscribeSchema, answer: z.object({ id: z.int() }), status: 201 },
    }),
  },
  '/api/v1/report-subscriptions/{id}': {
    delete: write('unsubscribeFromReports', 'End a subscription', { answer: z.object({ id: z.int() }), params: { path: id } }),
  },
}
