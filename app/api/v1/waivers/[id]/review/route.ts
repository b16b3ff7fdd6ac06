import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { reviewWaiver } from '@/lib/decision/commands-waiver'
import { revisedSchema, waiverIdSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** A review has looked at it. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = waiverIdSchema.parse((await params).id)
  return Response.json(await reviewWaiver(actor, { id, ...revisedSchema.parse(await bodyOf(request)) }))
})
