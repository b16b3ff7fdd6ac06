import { bodyOf } from '@/lib/api/body'
import { incidentOf } from '@/lib/api/incident-resources'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { editIncident } from '@/lib/incident/commands-edit'
import { incident } from '@/lib/incident/reads'
import { editBodySchema, incidentIdSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, POST, PUT } = others('GET, PATCH, HEAD')
type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  return Response.json(incidentOf(await incident(actor, incidentIdSchema.parse((await params).id))))
})

export const PATCH = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = incidentIdSchema.parse((await params).id)
  const result = await editIncident(actor, { id, ...editBodySchema.parse(await bodyOf(request)) })
  if (result.kind === 'conflict')
    throw new HeadroomError('CONFLICT', `${result.author} saved version ${result.version} meanwhile. ${result.changes.join(' ')}`)
  return Response.json({ id, version: result.version })
})
