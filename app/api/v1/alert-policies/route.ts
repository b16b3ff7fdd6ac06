import { policyWarnings } from '@/lib/alert/alert-policy'
import { createAlertPolicy } from '@/lib/alert/commands'
import { listAlertPolicies } from '@/lib/alert/reads-policies'
import { policyInputSchema } from '@/lib/alert/schema'
import { policyOf } from '@/lib/api/alert-paths'
import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) =>
  Response.json({ items: (await listAlertPolicies(await requireApiActor(request))).map(policyOf) }),
)

/** Writes a policy; `warnings` says what was put right. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const body = (await bodyOf(request)) as { settings?: unknown }
  const saved = await createAlertPolicy(actor, policyInputSchema.parse(body))
  const answer = { ...saved, warnings: policyWarnings(body.settings) }
  return Response.json(answer, { status: 201, headers: { location: `/api/v1/alert-policies/${saved.slug}` } })
})
