import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { decideAttribution } from '@/lib/release/commands-decide'
import { attributionIdSchema, verdictSchema } from '@/lib/release/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Confirms or refuses that a release made a budget burn. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = attributionIdSchema.parse((await params).id)
  return Response.json(await decideAttribution(actor, { id, ...verdictSchema.parse(await bodyOf(request)) }))
})
