import 'server-only'
import { buildId } from '../build'
import { wall } from '../wall/reads'
import { wallFilterSchema } from '../wall/schema'
import { queryOf } from './route'

/** What a wall shows now, or that nothing has changed. */
export async function wallAnswer(request: Request, viewer: Parameters<typeof wall>[0]): Promise<Response> {
  const { view, version } = await wall(viewer, wallFilterSchema.parse(queryOf(request)))
  const headers = { ETag: `"${version}"`, 'Cache-Control': 'private, no-cache', 'X-Headroom-Build': buildId() }
  if (request.headers.get('if-none-match')?.replace(/^W\//, '') === headers.ETag)
    return new Response(null, { status: 304, headers })
  return Response.json(view, { headers })
}
