import { z } from 'zod'
import { alertmanagerSchema } from '../incident/alertmanager'
import { INCIDENT_STATUSES } from '../incident/lifecycle'
import {
  actionChangeBodySchema,
  claimBodySchema,
  editBodySchema,
  falsePositiveBodySchema,
  newActionBodySchema,
  newIncidentSchema,
  noteBodySchema,
  statusBodySchema,
} from '../incident/schema'
import { incidentQuerySchema, incidentSchema, incidentSummarySchema } from './incident-resources'
import { get, problem, write } from './operations'

const path = z.object({ id: z.int().meta({ description: 'number of the incident' }) })
const numbered = z.object({ id: z.int() })
const saved = z.object({ id: z.int(), version: z.int() })
const receivedSchema = z.object({
  alerts: z.array(z.object({ fingerprint: z.string(), outcome: z.string(), incidentId: z.int().nullable(), note: z.string() })),
})

export const incidentPaths = {
  '/api/v1/incidents': {
    ...get('listIncidents', 'Incidents, those that are open first', z.object({ items: z.array(incidentSummarySchema) }), {
      query: incidentQuerySchema,
    }),
    post: write('openIncident', 'Open an incident by hand', { body: newIncidentSchema, answer: numbered, status: 201 }),
  },
  '/api/v1/incidents/{id}': {
    ...get('getIncident', 'One incident with its cost, its timeline and its lessons', incidentSchema, { path }),
    patch: write('editIncident', 'Change what is named; the rest stays', {
      body: editBodySchema,
      answer: saved,
      params: { path },
    }),
  },
  '/api/v1/incidents/{id}/status': {
    post: write('moveIncident', 'Acknowledge, mitigate, resolve, reopen or review', {
      body: statusBodySchema,
      answer: z.object({ id: z.int(), status: z.enum(INCIDENT_STATUSES) }),
      params: { path },
    }),
  },
  '/api/v1/incidents/{id}/notes': {
    post: write('noteOnIncident', 'Add a line to the timeline', {
      body: noteBodySchema,
      answer: numbered,
      params: { path },
      status: 201,
    }),
  },
  '/api/v1/incidents/{id}/actions': {
    post: write('addAction', 'Add an action item', {
      body: newActionBodySchema,
      answer: numbered,
      params: { path },
      status: 201,
    }),
    patch: write('changeAction', 'Change an action item, or mark it as done', {
      body: actionChangeBodySchema,
      answer: saved,
      params: { path },
    }),
  },
  '/api/v1/incidents/{id}/impacts': {
    post: write('claimBudget', 'Say that the incident spent a stretch of a budget', {
      body: claimBodySchema,
      answer: z.object({ id: z.int(), from: z.iso.datetime(), to: z.iso.datetime().nullable() }),
      params: { path },
      status: 201,
    }),
  },
  '/api/v1/incidents/{id}/impacts/{impact}': {
    delete: write('takeBackClaim', 'Take a claim back; what it covered has no cause again', {
      answer: numbered,
      params: { path: path.extend({ impact: z.int().meta({ description: 'number of the stretch' }) }) },
    }),
  },
  '/api/v1/incidents/{id}/false-positive': {
    post: write('markFalsePositive', 'Ask that its stretch be excluded; somebody else decides', {
      body: falsePositiveBodySchema,
      answer: z.object({ id: z.int(), correctionId: z.int() }),
      params: { path },
      status: 201,
    }),
  },
  '/api/v1/incidents/{id}/retrospective.md': {
    get: {
      operationId: 'getRetrospective',
      summary: 'The retrospective as a document',
      requestParams: { path },
      responses: {
        200: { description: 'the document', content: { 'text/markdown': { schema: z.string() } } },
        401: problem('No token, or one that is not valid.'),
        404: problem('There is no such incident.'),
      },
    },
  },
  '/api/v1/alertmanager': {
    post: write('receiveAlerts', 'What an Alertmanager tells its webhooks (version 4)', {
      body: alertmanagerSchema,
      answer: receivedSchema,
    }),
  },
}
