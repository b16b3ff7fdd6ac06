import { bodyOf } from '@/lib/api/body'
import { channelOf } from '@/lib/api/notify-paths'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { newChannelSchema } from '@/lib/notify/channel'
import { createChannel } from '@/lib/notify/commands'
import { listChannels } from '@/lib/notify/reads'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) =>
  Response.json({ items: (await listChannels(await requireApiActor(request))).map(channelOf) }),
)

/** A new way to tell people or programs. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { id } = await createChannel(actor, newChannelSchema.parse(await bodyOf(request)))
  return Response.json({ id }, { status: 201, headers: { location: `/api/v1/channels/${id}` } })
})
