import { bodyOf } from '@/lib/api/body'
import { releaseOf } from '@/lib/api/release-paths'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { reportWentOut } from '@/lib/decision/commands-release'
import { listReleases } from '@/lib/release/reads'
import { newReleaseSchema, releaseFilterSchema } from '@/lib/release/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { items, next } = await listReleases(actor, releaseFilterSchema.parse(queryOf(request)))
  return Response.json({ items: items.map(releaseOf), next })
})

/** A version went out. The same one again is no second release: 200 instead of 201. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const reported = await reportWentOut(actor, newReleaseSchema.parse(await bodyOf(request)))
  const answer = { ...reported, at: new Date(reported.at * 1000).toISOString() }
  return Response.json(answer, { status: reported.known ? 200 : 201, headers: { location: `/api/v1/releases/${reported.id}` } })
})
