import { queryOf } from '@/lib/api/route'
import { requireActor } from '@/lib/auth/session'
import { buildId } from '@/lib/build'
import { route } from '@/lib/route'
import { wall } from '@/lib/wall/reads'
import { passOf } from '@/lib/wall/reads-links'
import { wallFilterSchema } from '@/lib/wall/schema'

/** What a wall shows now: for the holder of a link, who sends it as a bearer token and never in the address, or for who is signed in. */
export const GET = route(async (request: Request) => {
  const secret = /^Bearer (hw_\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const viewer = secret === undefined ? { actor: await requireActor() } : { pass: await passOf(secret) }
  const { view, version } = await wall(viewer, wallFilterSchema.parse(queryOf(request)))
  const headers = { ETag: `"${version}"`, 'Cache-Control': 'private, no-cache', 'X-Headroom-Build': buildId() }
  if (request.headers.get('if-none-match')?.replace(/^W\//, '') === headers.ETag)
    return new Response(null, { status: 304, headers })
  return Response.json(view, { headers })
})
