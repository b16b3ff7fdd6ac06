import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { appliedOf } from '@/lib/api/slo-as-code-paths'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { applyFiles } from '@/lib/slo-as-code/commands-apply'
import { applySchema, MOST_INPUT_BYTES } from '@/lib/slo-as-code/schema'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** All of it or nothing: 400 with `faults` for wrong files, 409 with the `plan` for what is refused or has changed. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(appliedOf(await applyFiles(actor, applySchema.parse(await bodyOf(request, MOST_INPUT_BYTES)))))
})
