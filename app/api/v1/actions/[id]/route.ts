import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { changeOpenAction } from '@/lib/review/commands-actions'
import { actionChangeSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, POST, PUT } = others('PATCH')

export const PATCH = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const change = (await bodyOf(request)) as object
  return Response.json(await changeOpenAction(actor, actionChangeSchema.parse({ ...change, id: (await params).id })))
})
