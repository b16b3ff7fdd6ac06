import { bodyOf } from '@/lib/api/body'
import { others, queryOf } from '@/lib/api/route'
import { journeyOf } from '@/lib/api/serialize-journey'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { deleteJourney, updateJourney } from '@/lib/journey/commands'
import { journeyDetail } from '@/lib/journey/reads'
import { deleteJourneySchema, journeyChangeSchema } from '@/lib/journey/schema'
import { route } from '@/lib/route'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) =>
  Response.json(journeyOf(await journeyDetail(await requireApiActor(request), (await params).slug))),
)

/** Saves if `version` is still the newest; otherwise 409, and what changed meanwhile. */
export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const change = journeyChangeSchema.parse(await bodyOf(request))
  const saved = await updateJourney(actor, { slug: (await params).slug, ...change })
  if (saved.kind === 'saved') return Response.json({ slug: saved.slug, version: saved.version })
  const words = saved.changes.join('; ')
  throw new HeadroomError('CONFLICT', `${saved.author} saved version ${saved.version} meanwhile: ${words}. Start from it.`)
})

export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const version = Number(queryOf(request).version)
  return Response.json(await deleteJourney(actor, deleteJourneySchema.parse({ slug: (await params).slug, version })))
})
