import { pageOf } from '@/lib/api/page'
import { sloQuerySchema } from '@/lib/api/resources'
import { queryOf } from '@/lib/api/route'
import { sloOf } from '@/lib/api/serialize'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { overviewTable } from '@/lib/slo/reads'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const query = sloQuerySchema.parse(queryOf(request))
  const table = await overviewTable(actor)
  const { rows, nextCursor } = pageOf(table, query)
  return Response.json({ items: rows.map((row) => sloOf(table, row)), nextCursor })
})
