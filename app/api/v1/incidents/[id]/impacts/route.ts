import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { claim } from '@/lib/incident/commands-claim'
import { claimBodySchema, incidentIdSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

const iso = (at: number): string => new Date(at * 1000).toISOString()

/** Says that the incident spent a stretch of a budget. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const incidentId = incidentIdSchema.parse((await params).id)
  const { slo, from, to } = claimBodySchema.parse(await bodyOf(request))
  const done = await claim(actor, { incidentId, sloId: slo, from, to })
  return Response.json({ id: done.id, from: iso(done.from), to: done.to === null ? null : iso(done.to) }, { status: 201 })
})
