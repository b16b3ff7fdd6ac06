import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { takeBackClaim } from '@/lib/incident/commands-claim'
import { takeBackSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export const { GET, PATCH, POST, PUT } = others('DELETE')

/** Takes a claim back. */
export const DELETE = route(async (request: Request, { params }: { params: Promise<{ id: string; impact: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(await takeBackClaim(actor, takeBackSchema.parse(await params)))
})
