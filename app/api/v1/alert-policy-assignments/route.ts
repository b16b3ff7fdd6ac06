import { assignAlertPolicy } from '@/lib/alert/commands-assign'
import { assignmentSchema } from '@/lib/alert/schema'
import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, POST } = others('PUT')

/** Says which policy holds where; `null` takes it back. */
export const PUT = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(await assignAlertPolicy(actor, assignmentSchema.parse(await bodyOf(request))))
})
