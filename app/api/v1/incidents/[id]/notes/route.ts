import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { noteOnIncident } from '@/lib/incident/commands'
import { incidentIdSchema, noteBodySchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Adds a line to the timeline. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = incidentIdSchema.parse((await params).id)
  return Response.json(await noteOnIncident(actor, { id, ...noteBodySchema.parse(await bodyOf(request)) }), { status: 201 })
})
