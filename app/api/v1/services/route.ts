import { serviceOf } from '@/lib/api/serialize'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { listServices } from '@/lib/service/reads'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const services = await listServices(await requireApiActor(request))
  return Response.json({ items: services.map(serviceOf) })
})
