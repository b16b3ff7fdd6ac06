import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { agreeToPolicy } from '@/lib/policy/commands-agree'
import { agreementSchema } from '@/lib/policy/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, POST } = others('PUT')

type Context = { params: Promise<{ slug: string }> }

/** Agrees in the name of the actor's role, or takes it back. */
export const PUT = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const word = agreementSchema.parse(await bodyOf(request))
  return Response.json(await agreeToPolicy(actor, { slug: (await params).slug, ...word }))
})
