import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { moveIncident } from '@/lib/incident/commands-status'
import { incidentIdSchema, statusBodySchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Moves an incident on. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = incidentIdSchema.parse((await params).id)
  return Response.json(await moveIncident(actor, { id, ...statusBodySchema.parse(await bodyOf(request)) }))
})
