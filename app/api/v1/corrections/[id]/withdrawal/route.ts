import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { withdrawCorrection } from '@/lib/correction/commands'
import { correctionIdSchema, withdrawalBodySchema } from '@/lib/correction/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Takes a request or an approved correction back. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = correctionIdSchema.parse((await params).id)
  const { effect, ...decided } = await withdrawCorrection(actor, { id, ...withdrawalBodySchema.parse(await bodyOf(request)) })
  return Response.json({ ...decided, effects: effect })
})
