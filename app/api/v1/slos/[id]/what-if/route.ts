import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { whatIf } from '@/lib/slo/commands-what-if'
import { sloIdSchema } from '@/lib/slo/schema'
import { whatIfSchema } from '@/lib/slo/what-if'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** What other rules would have meant over the last 30 days. Nothing is saved. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = sloIdSchema.parse((await params).id)
  return Response.json(await whatIf(actor, { id, change: whatIfSchema.parse(await bodyOf(request)) }))
})
