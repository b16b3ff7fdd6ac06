import { bodyOf } from '@/lib/api/body'
import { pageOf } from '@/lib/api/page'
import { sloQuerySchema } from '@/lib/api/resources'
import { others, queryOf } from '@/lib/api/route'
import { sloOf } from '@/lib/api/serialize'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { createSlos } from '@/lib/slo/commands-define'
import { overviewTable } from '@/lib/slo/reads'
import { newSloSchema } from '@/lib/slo/schema'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const query = sloQuerySchema.parse(queryOf(request))
  const table = await overviewTable(actor)
  const { rows, nextCursor } = pageOf(table, query)
  return Response.json({ items: rows.map((row) => sloOf(table, row)), nextCursor })
})

/** Defines an SLO: a draft, or an active one whose history is read at once. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { definition, lifecycle } = newSloSchema.parse(await bodyOf(request))
  const { ids } = await createSlos(actor, { definitions: [definition], lifecycle })
  const [id] = ids
  return Response.json({ id, version: 1 }, { status: 201, headers: { location: `/api/v1/slos/${id}` } })
})
