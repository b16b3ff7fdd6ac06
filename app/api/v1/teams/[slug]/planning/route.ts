import { planningOf } from '@/lib/api/priority-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { planning } from '@/lib/priority/reads-planning'
import { planningQuerySchema } from '@/lib/priority/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ slug: string }> }) => {
  const actor = await requireApiActor(request)
  const { quarter } = planningQuerySchema.parse(queryOf(request))
  return Response.json(planningOf(await planning(actor, { team: (await params).slug, quarter })))
})
