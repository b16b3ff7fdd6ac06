import { bodyOf } from '@/lib/api/body'
import { correctionOf, correctionQuerySchema } from '@/lib/api/correction-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { requestCorrection } from '@/lib/correction/commands'
import { listCorrections } from '@/lib/correction/reads'
import { newCorrectionSchema } from '@/lib/correction/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { slo, status } = correctionQuerySchema.parse(queryOf(request))
  const found = await listCorrections(actor, { ...(slo && { sloId: slo }), ...(status && { status }) })
  return Response.json({ items: found.map(correctionOf) })
})

/** Asks for a correction; it counts when somebody else has approved it. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { id } = await requestCorrection(actor, newCorrectionSchema.parse(await bodyOf(request)))
  return Response.json({ id }, { status: 201, headers: { location: `/api/v1/corrections/${id}` } })
})
