import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { sayVerdict } from '@/lib/decision/commands-say'
import { requestIdSchema, verdictSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Approves or refuses. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = requestIdSchema.parse((await params).id)
  return Response.json(await sayVerdict(actor, { id, ...verdictSchema.parse(await bodyOf(request)) }))
})
