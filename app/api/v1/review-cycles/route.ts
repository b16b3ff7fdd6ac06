import { bodyOf } from '@/lib/api/body'
import { cycleOf } from '@/lib/api/review-paths'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { createCycle } from '@/lib/review/commands-cycle'
import { listCycles } from '@/lib/review/reads'
import { cycleInputSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ items: (await listCycles(actor)).map(cycleOf) })
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const made = await createCycle(actor, cycleInputSchema.parse(await bodyOf(request)))
  return Response.json(made, { status: 201, headers: { location: `/api/v1/review-cycles/${made.id}` } })
})
