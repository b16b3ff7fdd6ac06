import { historyQuerySchema } from '@/lib/api/resources'
import { queryOf } from '@/lib/api/route'
import { historyOf } from '@/lib/api/serialize'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { sloHistory } from '@/lib/slo/reads'
import { sloIdSchema } from '@/lib/slo/schema'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const { range } = historyQuerySchema.parse(queryOf(request))
  return Response.json(historyOf(await sloHistory(actor, sloIdSchema.parse((await params).id), range)))
})
