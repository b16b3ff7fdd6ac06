import { serviceOf, sloOf } from '@/lib/api/serialize'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { serviceDetail } from '@/lib/service/reads'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const { service, slos } = await serviceDetail(await requireApiActor(request), (await params).slug)
  return Response.json({ ...serviceOf(service), slos: slos.columns.id.map((_, row) => sloOf(slos, row)) })
})
