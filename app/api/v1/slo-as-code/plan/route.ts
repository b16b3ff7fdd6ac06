import { prefers } from '@/lib/api/accept'
import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { hasErrors, type Plan } from '@/lib/slo-as-code/plan'
import { planMarkdown } from '@/lib/slo-as-code/plan-words'
import { mustBeRight, planFiles } from '@/lib/slo-as-code/reads-plan'
import { MOST_INPUT_BYTES, planSchema } from '@/lib/slo-as-code/schema'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** For a comment on a change, without a program that knows plans; how it stands is the status. */
function asMarkdown(plan: Plan): Response {
  const status = hasErrors(plan.faults) ? 400 : plan.ok ? 200 : 409
  return new Response(planMarkdown(plan), { status, headers: { 'content-type': 'text/markdown; charset=utf-8' } })
}

/** Files with errors are a problem that has all of them as `faults`; what is refused is part of the plan. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const plan = await planFiles(actor, planSchema.parse(await bodyOf(request, MOST_INPUT_BYTES)))
  if (prefers(request.headers.get('accept'), 'text/markdown', 'application/json')) return asMarkdown(plan)
  mustBeRight(plan.faults)
  return Response.json(plan)
})
