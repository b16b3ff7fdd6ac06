import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { tickCondition } from '@/lib/decision/commands-say'
import { requestIdSchema, tickSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Ticks a condition off, or takes the tick back. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = requestIdSchema.parse((await params).id)
  return Response.json(await tickCondition(actor, { id, ...tickSchema.parse(await bodyOf(request)) }))
})
