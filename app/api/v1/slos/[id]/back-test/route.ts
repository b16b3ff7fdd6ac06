import { backTests } from '@/lib/alert/reads-back-test'
import { backTestSchema } from '@/lib/alert/schema'
import { backTestsOf } from '@/lib/api/alert-paths'
import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** What alert policies would have told of this SLO's past. Nothing is saved, and the source is not asked. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = sloIdSchema.parse((await params).id)
  return Response.json(backTestsOf(await backTests(actor, { id, ...backTestSchema.parse(await bodyOf(request)) })))
})
