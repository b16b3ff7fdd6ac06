import { bodyOf } from '@/lib/api/body'
import { waiverOf } from '@/lib/api/decision-resources'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { askForWaiver } from '@/lib/decision/commands-waiver'
import { listWaivers } from '@/lib/decision/reads-waivers'
import { newWaiverSchema, waiverFilterSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ items: (await listWaivers(actor, waiverFilterSchema.parse(queryOf(request)))).map(waiverOf) })
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const asked = await askForWaiver(actor, newWaiverSchema.parse(await bodyOf(request)))
  return Response.json(asked, { status: 201, headers: { location: `/api/v1/waivers/${asked.id}` } })
})
