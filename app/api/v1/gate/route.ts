import { bodyOf } from '@/lib/api/body'
import { gateOf } from '@/lib/api/decision-paths'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { askGate } from '@/lib/decision/commands-gate'
import { gateSchema, idempotencyKeySchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** May it go out now? The same Idempotency-Key has the same answer. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const body = await bodyOf(request)
  const header = request.headers.get('idempotency-key')
  const key = header === null ? undefined : idempotencyKeySchema.parse(header)
  const { answer, replayed } = await askGate(actor, gateSchema.parse(body), { key, body })
  return Response.json(gateOf(answer), { headers: replayed ? { 'idempotency-replayed': 'true' } : {} })
})
