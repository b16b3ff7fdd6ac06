import { messageDetailOf } from '@/lib/api/notify-paths'
import { DELETE, PATCH, POST, PUT } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { outboxMessage } from '@/lib/notify/reads-outbox'
import { messageIdSchema } from '@/lib/notify/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT }

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  Response.json(messageDetailOf(await outboxMessage(await requireApiActor(request), messageIdSchema.parse((await params).id)))),
)
