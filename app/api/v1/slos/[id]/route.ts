import { sloOf } from '@/lib/api/serialize'
import { sloRow } from '@/lib/api/slo-row'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const { table, row } = await sloRow(request, params)
  return Response.json(sloOf(table, row))
})
