import { waiverOf } from '@/lib/api/decision-resources'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { waiver } from '@/lib/decision/reads-waivers'
import { waiverIdSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, POST, PUT } = others('GET, HEAD')

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(waiverOf(await waiver(actor, waiverIdSchema.parse((await params).id))))
})
