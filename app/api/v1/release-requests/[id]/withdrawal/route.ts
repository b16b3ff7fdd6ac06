import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { withdrawRequest } from '@/lib/decision/commands-say'
import { notedSchema, requestIdSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Takes a request back. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = requestIdSchema.parse((await params).id)
  return Response.json(await withdrawRequest(actor, { id, ...notedSchema.parse(await bodyOf(request)) }))
})
