import { bodyOf } from '@/lib/api/body'
import { cycleOf, cycleVersionSchema } from '@/lib/api/review-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { deleteCycle, updateCycle } from '@/lib/review/commands-cycle'
import { cycleInfo } from '@/lib/review/reads'
import { cycleChangeSchema, cycleIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')
type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  return Response.json(cycleOf(await cycleInfo(actor, cycleIdSchema.parse((await params).id))))
})

export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = cycleIdSchema.parse((await params).id)
  return Response.json(await updateCycle(actor, { id, ...cycleChangeSchema.parse(await bodyOf(request)) }))
})

export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = cycleIdSchema.parse((await params).id)
  return Response.json(await deleteCycle(actor, { id, ...cycleVersionSchema.parse(queryOf(request)) }))
})
