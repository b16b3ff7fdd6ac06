import { bodyOf } from '@/lib/api/body'
import { decisionOf, requestRowOf } from '@/lib/api/decision-resources'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { askForRelease } from '@/lib/decision/commands'
import { listRequests } from '@/lib/decision/reads'
import { newRequestSchema, requestFilterSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { items, next } = await listRequests(actor, requestFilterSchema.parse(queryOf(request)))
  return Response.json({ items: items.map(requestRowOf), next })
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { decision, ...asked } = await askForRelease(actor, newRequestSchema.parse(await bodyOf(request)))
  const headers = { location: `/api/v1/release-requests/${asked.id}` }
  return Response.json({ ...asked, decision: decision && decisionOf(decision) }, { status: 201, headers })
})
