import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { savePlan } from '@/lib/priority/commands'
import { planChangeSchema } from '@/lib/priority/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, POST } = others('PUT')

/** Saves if `version` is still the newest; otherwise 409. */
export const PUT = route(async (request: Request, { params }: { params: Promise<{ slug: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(await savePlan(actor, { team: (await params).slug, ...planChangeSchema.parse(await bodyOf(request)) }))
})
