import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { cancelMessage } from '@/lib/notify/commands-outbox'
import { messageIdSchema } from '@/lib/notify/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Takes back a notice that waits. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  Response.json(await cancelMessage(await requireApiActor(request), { id: messageIdSchema.parse((await params).id) })),
)
