import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { unsubscribe } from '@/lib/report/commands-subscribe'
import { unsubscribeSchema } from '@/lib/report/schema'
import { route } from '@/lib/route'

export const { GET, PATCH, POST, PUT } = others('DELETE')

export const DELETE = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(await unsubscribe(actor, unsubscribeSchema.parse(await params)))
})
