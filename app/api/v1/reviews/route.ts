import { reviewOf, reviewQuerySchema } from '@/lib/api/review-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { listReviews } from '@/lib/review/reads'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ items: (await listReviews(actor, reviewQuerySchema.parse(queryOf(request)))).map(reviewOf) })
})
