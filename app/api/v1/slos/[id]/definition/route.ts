import { bodyOf } from '@/lib/api/body'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { route } from '@/lib/route'
import { deleteSlo, updateSlo } from '@/lib/slo/commands-define'
import { sloDefinition } from '@/lib/slo/reads-versions'
import { definitionChangeSchema, sloIdSchema, versionParamSchema } from '@/lib/slo/schema'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')

type Context = { params: Promise<{ id: string }> }
const idOf = async ({ params }: Context) => sloIdSchema.parse((await params).id)

export const GET = route(async (request: Request, context: Context) =>
  Response.json(await sloDefinition(await requireApiActor(request), await idOf(context))),
)

/** Saves a new version if `version` is still the newest; otherwise 409, and what changed meanwhile. */
export const PUT = route(async (request: Request, context: Context) => {
  const actor = await requireApiActor(request)
  const change = definitionChangeSchema.parse(await bodyOf(request))
  const saved = await updateSlo(actor, { id: await idOf(context), ...change })
  if (saved.kind === 'saved') return Response.json({ id: saved.id, version: saved.version, changes: saved.changes })
  const words = saved.changes.join('; ')
  throw new HeadroomError('CONFLICT', `${saved.author} saved version ${saved.version} meanwhile: ${words}. Start from it.`)
})

export const DELETE = route(async (request: Request, context: Context) => {
  const actor = await requireApiActor(request)
  const version = versionParamSchema.parse(queryOf(request).version)
  if (version === undefined) throw new HeadroomError('INVALID_INPUT', 'Say which version you saw: ?version=3.')
  return Response.json(await deleteSlo(actor, { id: await idOf(context), version }))
})
