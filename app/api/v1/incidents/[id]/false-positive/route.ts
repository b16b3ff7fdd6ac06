import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { markFalsePositive } from '@/lib/incident/commands-false-positive'
import { falsePositiveBodySchema, incidentIdSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** It was none: asks for an exclusion. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = incidentIdSchema.parse((await params).id)
  return Response.json(await markFalsePositive(actor, { id, ...falsePositiveBodySchema.parse(await bodyOf(request)) }), {
    status: 201,
  })
})
