import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { estimatePriority } from '@/lib/priority/commands'
import { estimateChangeSchema } from '@/lib/priority/schema'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

export const { DELETE, GET, POST, PUT } = others('PATCH')

/** Changes what is named, if `version` is still the newest; otherwise 409. */
export const PATCH = route(async (request: Request, { params }: { params: Promise<{ slo: string }> }) => {
  const actor = await requireApiActor(request)
  const slo = sloIdSchema.parse((await params).slo)
  return Response.json(await estimatePriority(actor, { slo, ...estimateChangeSchema.parse(await bodyOf(request)) }))
})
