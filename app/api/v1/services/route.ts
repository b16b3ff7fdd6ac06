import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { serviceOf } from '@/lib/api/serialize-service'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { createService } from '@/lib/service/commands'
import { listServices } from '@/lib/service/reads'
import { createServiceSchema } from '@/lib/service/schema'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const services = await listServices(await requireApiActor(request))
  return Response.json({ items: services.map(serviceOf) })
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const saved = await createService(actor, createServiceSchema.parse(await bodyOf(request)))
  return Response.json(saved, { status: 201, headers: { location: `/api/v1/services/${saved.slug}` } })
})
