import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { wallLinkOf } from '@/lib/api/wall-paths'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { createWallLink } from '@/lib/wall/commands'
import { wallLinks } from '@/lib/wall/reads-links'
import { newWallLinkSchema } from '@/lib/wall/schema'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) =>
  Response.json({ items: (await wallLinks(await requireApiActor(request))).map(wallLinkOf) }),
)

/** A new link; its address is answered once. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const made = await createWallLink(actor, newWallLinkSchema.parse(await bodyOf(request)))
  return Response.json(made, { status: 201, headers: { 'cache-control': 'no-store' } })
})
