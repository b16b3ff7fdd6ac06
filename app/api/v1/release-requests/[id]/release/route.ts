import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { markReleased } from '@/lib/decision/commands-release'
import { releasedSchema, requestIdSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** It went out. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = requestIdSchema.parse((await params).id)
  return Response.json(await markReleased(actor, { id, ...releasedSchema.parse(await bodyOf(request)) }))
})
