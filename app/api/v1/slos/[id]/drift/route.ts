import { sloDriftOf } from '@/lib/api/drift-paths'
import { requireApiActor } from '@/lib/auth/api-actor'
import { sloDrift } from '@/lib/drift/reads-slo'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  return Response.json(sloDriftOf(await sloDrift(actor, sloIdSchema.parse((await params).id))))
})
