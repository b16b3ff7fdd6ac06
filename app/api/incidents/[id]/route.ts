import { requireActor } from '@/lib/auth/session'
import { incident } from '@/lib/incident/reads'
import { incidentIdSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (_request: Request, { params }: Context) =>
  Response.json(await incident(await requireActor(), incidentIdSchema.parse((await params).id))),
)
