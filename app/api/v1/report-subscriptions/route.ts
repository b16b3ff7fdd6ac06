import { bodyOf } from '@/lib/api/body'
import { subscriptionsOf } from '@/lib/api/report-resources'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { subscribe } from '@/lib/report/commands-subscribe'
import { readSubscriptions } from '@/lib/report/reads-subscriptions'
import { subscribeSchema } from '@/lib/report/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, HEAD, POST')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(subscriptionsOf(await readSubscriptions(actor)))
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(await subscribe(actor, subscribeSchema.parse(await bodyOf(request))), { status: 201 })
})
