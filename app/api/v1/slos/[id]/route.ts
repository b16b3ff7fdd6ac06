import { sloDetailOf } from '@/lib/api/serialize'
import { sloRow } from '@/lib/api/slo-row'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { recountsOf } from '@/lib/slo/reads'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const { table, row } = await sloRow(request, params)
  const recounts = await recountsOf(await requireApiActor(request), table.columns.id[row] as number)
  return Response.json(sloDetailOf(table, row, recounts))
})
