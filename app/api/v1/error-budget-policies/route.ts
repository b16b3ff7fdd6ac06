import { bodyOf } from '@/lib/api/body'
import { budgetPolicyOf } from '@/lib/api/budget-policy-paths'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { createBudgetPolicy } from '@/lib/policy/commands'
import { listBudgetPolicies } from '@/lib/policy/reads'
import { budgetPolicyInputSchema } from '@/lib/policy/schema'
import { policyWarnings } from '@/lib/policy/words'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) =>
  Response.json({ items: (await listBudgetPolicies(await requireApiActor(request))).map(budgetPolicyOf) }),
)

/** Writes a policy; `warnings` says what is allowed and hardly meant. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const policy = budgetPolicyInputSchema.parse(await bodyOf(request))
  const saved = await createBudgetPolicy(actor, policy)
  const answer = { ...saved, warnings: policyWarnings(policy.settings) }
  return Response.json(answer, { status: 201, headers: { location: `/api/v1/error-budget-policies/${saved.slug}` } })
})
