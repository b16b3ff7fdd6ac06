import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { journeyOf } from '@/lib/api/serialize-journey'
import { requireApiActor } from '@/lib/auth/api-actor'
import { createJourney } from '@/lib/journey/commands'
import { listJourneys } from '@/lib/journey/reads'
import { journeySchema } from '@/lib/journey/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const journeys = await listJourneys(await requireApiActor(request))
  return Response.json({ items: journeys.map(journeyOf) })
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const saved = await createJourney(actor, journeySchema.parse(await bodyOf(request)))
  return Response.json(saved, { status: 201, headers: { location: `/api/v1/journeys/${saved.slug}` } })
})
