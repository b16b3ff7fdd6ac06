import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { withdrawWaiver } from '@/lib/decision/commands-waiver'
import { notedSchema, waiverIdSchema } from '@/lib/decision/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** Takes a waiver back that was asked for. */
export const POST = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const id = waiverIdSchema.parse((await params).id)
  return Response.json(await withdrawWaiver(actor, { id, ...notedSchema.parse(await bodyOf(request)) }))
})
