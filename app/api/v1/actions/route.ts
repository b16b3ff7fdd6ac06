import { actionOf } from '@/lib/api/review-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { listActions } from '@/lib/review/reads'
import { actionQuerySchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ items: (await listActions(actor, actionQuerySchema.parse(queryOf(request)))).map(actionOf) })
})
