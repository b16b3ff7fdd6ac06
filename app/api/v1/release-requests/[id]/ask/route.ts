import { bodyOf } from '@/lib/api/body'
import { decisionOf } from '@/lib/api/decision-resources'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { askAgain } from '@/lib/decision/commands'
import { requestIdSchema, revisedSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Has it decided: for the first time, or anew. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = requestIdSchema.parse((await params).id)
  const { decision, ...asked } = await askAgain(actor, { id, ...revisedSchema.parse(await bodyOf(request)) })
  return Response.json({ ...asked, decision: decision && decisionOf(decision) })
})
