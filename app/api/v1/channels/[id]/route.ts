import { bodyOf } from '@/lib/api/body'
import { channelOf } from '@/lib/api/notify-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { channelChangeSchema } from '@/lib/notify/channel'
import { changeChannel, deleteChannel } from '@/lib/notify/commands'
import { channel } from '@/lib/notify/reads'
import { channelIdSchema, versionSchema } from '@/lib/notify/schema'
import { route } from '@/lib/route'

export const { PATCH, POST } = others('GET, PUT, DELETE, HEAD')
type Context = { params: Promise<{ id: string }> }
const idOf = async ({ params }: Context): Promise<number> => channelIdSchema.parse((await params).id)

export const GET = route(async (request: Request, context: Context) =>
  Response.json(channelOf(await channel(await requireApiActor(request), await idOf(context)))),
)

/** Changes what is named; what is left out stays as it is. */
export const PUT = route(async (request: Request, context: Context) => {
  const actor = await requireApiActor(request)
  const change = channelChangeSchema.parse(await bodyOf(request))
  return Response.json(await changeChannel(actor, { id: await idOf(context), ...change }))
})

export const DELETE = route(async (request: Request, context: Context) => {
  const actor = await requireApiActor(request)
  return Response.json(await deleteChannel(actor, { id: await idOf(context), ...versionSchema.parse(queryOf(request)) }))
})
