import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { startReview } from '@/lib/review/commands-start'
import { cycleIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const started = await startReview(actor, { id: cycleIdSchema.parse((await params).id) })
  return Response.json(started, { status: started.joined ? 200 : 201 })
})
