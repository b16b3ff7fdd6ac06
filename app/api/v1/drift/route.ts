import { bodyOf } from '@/lib/api/body'
import { driftOf } from '@/lib/api/drift-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { checkDrift } from '@/lib/drift/commands-check'
import { driftReport } from '@/lib/drift/reads'
import { checkDriftSchema, driftQuerySchema } from '@/lib/drift/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(driftOf(await driftReport(actor, driftQuerySchema.parse(queryOf(request)))))
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(await checkDrift(actor, checkDriftSchema.parse(await bodyOf(request))))
})
