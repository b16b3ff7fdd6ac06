import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { decideCorrection } from '@/lib/correction/commands'
import { correctionIdSchema, decisionBodySchema } from '@/lib/correction/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Approves or refuses what somebody else asked for. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = correctionIdSchema.parse((await params).id)
  const { effect, ...decided } = await decideCorrection(actor, { id, ...decisionBodySchema.parse(await bodyOf(request)) })
  return Response.json({ ...decided, effects: effect })
})
