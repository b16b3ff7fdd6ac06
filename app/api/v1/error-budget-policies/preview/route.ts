import { bodyOf } from '@/lib/api/body'
import { policyPreviewOf } from '@/lib/api/budget-policy-paths'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { previewPolicy } from '@/lib/policy/reads-preview'
import { previewRequestSchema } from '@/lib/policy/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Asks only: nothing is saved. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(policyPreviewOf(await previewPolicy(actor, previewRequestSchema.parse(await bodyOf(request)))))
})
