import { requireApiActor } from '@/lib/auth/api-actor'
import { minutesOfReview } from '@/lib/review/reads-live'
import { reviewIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(await minutesOfReview(actor, reviewIdSchema.parse((await params).id)))
})
