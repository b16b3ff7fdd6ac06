import { policyWarnings } from '@/lib/alert/alert-policy'
import { deleteAlertPolicy, updateAlertPolicy } from '@/lib/alert/commands'
import { alertPolicy } from '@/lib/alert/reads-policies'
import { deletePolicySchema, policyChangeSchema } from '@/lib/alert/schema'
import { policyDetailOf, versionQuerySchema } from '@/lib/api/alert-paths'
import { bodyOf } from '@/lib/api/body'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { route } from '@/lib/route'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) =>
  Response.json(policyDetailOf(await alertPolicy(await requireApiActor(request), (await params).slug))),
)

/** Saves if `version` is still the newest; otherwise 409, and what changed meanwhile. */
export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const body = (await bodyOf(request)) as { policy?: { settings?: unknown } }
  const change = policyChangeSchema.parse(body)
  const saved = await updateAlertPolicy(actor, { slug: (await params).slug, ...change })
  if (saved.kind === 'saved')
    return Response.json({ slug: saved.slug, version: saved.version, warnings: policyWarnings(body.policy?.settings) })
  const words = saved.changes.join('; ')
  throw new HeadroomError('CONFLICT', `${saved.author} saved version ${saved.version} meanwhile: ${words}. Start from it.`)
})

export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const { version } = versionQuerySchema.parse(queryOf(request))
  return Response.json(await deleteAlertPolicy(actor, deletePolicySchema.parse({ slug: (await params).slug, version })))
})
