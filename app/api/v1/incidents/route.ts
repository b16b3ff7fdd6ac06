import { bodyOf } from '@/lib/api/body'
import { incidentQuerySchema, incidentSummaryOf } from '@/lib/api/incident-resources'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { openIncident } from '@/lib/incident/commands'
import { listIncidents } from '@/lib/incident/reads'
import { newIncidentSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const found = await listIncidents(actor, incidentQuerySchema.parse(queryOf(request)))
  return Response.json({ items: found.map(incidentSummaryOf) })
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { id } = await openIncident(actor, newIncidentSchema.parse(await bodyOf(request)))
  return Response.json({ id }, { status: 201, headers: { location: `/api/v1/incidents/${id}` } })
})
