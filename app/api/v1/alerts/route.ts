import { listAlerts } from '@/lib/alert/reads'
import { alertQuerySchema } from '@/lib/alert/schema'
import { alertOf } from '@/lib/api/alert-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'

export const { DELETE, PATCH, POST, PUT } = others('GET, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ items: (await listAlerts(actor, alertQuerySchema.parse(queryOf(request)))).map(alertOf) })
})
