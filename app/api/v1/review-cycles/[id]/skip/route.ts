import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { skipReview } from '@/lib/review/commands-start'
import { cycleIdSchema, skipBodySchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = cycleIdSchema.parse((await params).id)
  return Response.json(await skipReview(actor, { id, ...skipBodySchema.parse(await bodyOf(request)) }), { status: 201 })
})
