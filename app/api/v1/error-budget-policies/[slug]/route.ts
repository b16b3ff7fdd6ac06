import { versionQuerySchema } from '@/lib/api/alert-paths'
import { bodyOf } from '@/lib/api/body'
import { budgetPolicyDetailOf } from '@/lib/api/budget-policy-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { deleteBudgetPolicy, updateBudgetPolicy } from '@/lib/policy/commands'
import { budgetPolicy } from '@/lib/policy/reads'
import { budgetPolicyChangeSchema, deleteBudgetPolicySchema } from '@/lib/policy/schema'
import { policyWarnings } from '@/lib/policy/words'
import { route } from '@/lib/route'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) =>
  Response.json(budgetPolicyDetailOf(await budgetPolicy(await requireApiActor(request), (await params).slug))),
)

/** Saves if `version` is still the newest; otherwise 409, and what changed meanwhile. */
export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const change = budgetPolicyChangeSchema.parse(await bodyOf(request))
  const saved = await updateBudgetPolicy(actor, { slug: (await params).slug, ...change })
  if (saved.kind === 'saved')
    return Response.json({ slug: saved.slug, version: saved.version, warnings: policyWarnings(change.policy.settings) })
  const words = saved.changes.join('; ')
  throw new HeadroomError('CONFLICT', `${saved.author} saved version ${saved.version} meanwhile: ${words}. Start from it.`)
})

export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const { version } = versionQuerySchema.parse(queryOf(request))
  return Response.json(await deleteBudgetPolicy(actor, deleteBudgetPolicySchema.parse({ slug: (await params).slug, version })))
})
