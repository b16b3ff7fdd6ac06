import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { addAction, changeAction } from '@/lib/incident/commands-actions'
import { actionChangeBodySchema, incidentIdSchema, newActionBodySchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PUT } = others('PATCH, POST')
type Context = { params: Promise<{ id: string }> }

export const POST = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = incidentIdSchema.parse((await params).id)
  return Response.json(await addAction(actor, { id, ...newActionBodySchema.parse(await bodyOf(request)) }), { status: 201 })
})

export const PATCH = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = incidentIdSchema.parse((await params).id)
  return Response.json(await changeAction(actor, { id, ...actionChangeBodySchema.parse(await bodyOf(request)) }))
})
