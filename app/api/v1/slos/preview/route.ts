import { previewQuerySchema } from '@/lib/api/alert-paths'
import { bodyOf } from '@/lib/api/body'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { previewSlo } from '@/lib/slo/commands-preview'
import { sloDefinitionSchema } from '@/lib/slo/definition-input'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** What a definition would have meant over the last 30 days. Nothing is saved. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { alertPolicy = null } = previewQuerySchema.parse(queryOf(request))
  return Response.json(await previewSlo(actor, sloDefinitionSchema.parse(await bodyOf(request)), undefined, alertPolicy))
})
