import { prioritiesOf, priorityQuerySchema } from '@/lib/api/priority-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { priorities } from '@/lib/priority/reads'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(prioritiesOf(await priorities(actor, priorityQuerySchema.parse(queryOf(request)))))
})
