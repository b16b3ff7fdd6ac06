import { messageOf } from '@/lib/api/notify-paths'
import { DELETE, PATCH, POST, PUT, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { listOutbox } from '@/lib/notify/reads-outbox'
import { outboxFilterSchema } from '@/lib/notify/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT }

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { items, next } = await listOutbox(actor, outboxFilterSchema.parse(queryOf(request)))
  return Response.json({ items: items.map(messageOf), next })
})
