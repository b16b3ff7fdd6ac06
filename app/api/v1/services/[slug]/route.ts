import { bodyOf } from '@/lib/api/body'
import { others, queryOf } from '@/lib/api/route'
import { serviceDetailOf } from '@/lib/api/serialize-service'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { route } from '@/lib/route'
import { deleteService, updateService } from '@/lib/service/commands'
import { serviceDetail } from '@/lib/service/reads'
import { changeServiceSchema } from '@/lib/service/schema'
import { versionParamSchema } from '@/lib/slo/schema'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const { service, slos } = await serviceDetail(await requireApiActor(request), (await params).slug)
  return Response.json(serviceDetailOf(service, slos))
})

/** Saves a new version if `version` is still the newest; otherwise 409, and what changed meanwhile. */
export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const change = changeServiceSchema.parse(await bodyOf(request))
  const saved = await updateService(actor, { slug: (await params).slug, ...change })
  if (saved.kind === 'saved') return Response.json({ slug: saved.slug, version: saved.version, changes: saved.changes })
  const words = saved.changes.join('; ') || 'nothing that is kept'
  throw new HeadroomError('CONFLICT', `${saved.author} saved version ${saved.version} meanwhile: ${words}. Start from it.`)
})

export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const version = versionParamSchema.parse(queryOf(request).version)
  if (version === undefined) throw new HeadroomError('INVALID_INPUT', 'Say which version you saw: ?version=3.')
  return Response.json(await deleteService(actor, { slug: (await params).slug, version }))
})
