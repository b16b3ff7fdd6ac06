import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { testChannel } from '@/lib/notify/commands'
import { channelIdSchema } from '@/lib/notify/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Sends a notice that says it is a trial. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  Response.json(await testChannel(await requireApiActor(request), { id: channelIdSchema.parse((await params).id) })),
)
