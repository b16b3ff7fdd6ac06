import { bodyOf } from '@/lib/api/body'
import { requestOf } from '@/lib/api/decision-resources'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { editRequest } from '@/lib/decision/commands'
import { releaseRequest } from '@/lib/decision/reads-request'
import { draftChangeSchema, requestIdSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, POST } = others('GET, PUT, HEAD')
type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  return Response.json(requestOf(await releaseRequest(actor, requestIdSchema.parse((await params).id))))
})

export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = requestIdSchema.parse((await params).id)
  return Response.json(await editRequest(actor, { id, ...draftChangeSchema.parse(await bodyOf(request)) }))
})
