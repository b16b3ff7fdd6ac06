import { releaseOf } from '@/lib/api/release-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { deleteRelease } from '@/lib/release/commands'
import { release } from '@/lib/release/reads'
import { releaseIdSchema, removalReasonSchema } from '@/lib/release/schema'
import { route } from '@/lib/route'

export const { PATCH, POST, PUT } = others('GET, DELETE, HEAD')
type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) =>
  Response.json(releaseOf(await release(await requireApiActor(request), releaseIdSchema.parse((await params).id)))),
)

/** Removes what was reported by mistake. */
export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = releaseIdSchema.parse((await params).id)
  return Response.json(await deleteRelease(actor, { id, ...removalReasonSchema.parse(queryOf(request)) }))
})
