import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { assignBudgetPolicy } from '@/lib/policy/commands-assign'
import { budgetAssignmentSchema } from '@/lib/policy/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, POST } = others('PUT')

/** Says which policy holds where; `null` takes it back. */
export const PUT = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(await assignBudgetPolicy(actor, budgetAssignmentSchema.parse(await bodyOf(request))))
})
