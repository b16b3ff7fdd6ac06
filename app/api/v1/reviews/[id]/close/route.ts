import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { closeReview } from '@/lib/review/commands-close'
import { reviewIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(await closeReview(actor, { id: reviewIdSchema.parse((await params).id) }))
})
