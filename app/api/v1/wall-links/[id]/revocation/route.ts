import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { revokeWallLink } from '@/lib/wall/commands'
import { namedWallLinkSchema } from '@/lib/wall/schema'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Ends a link. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(await revokeWallLink(actor, namedWallLinkSchema.parse(await params)))
})
