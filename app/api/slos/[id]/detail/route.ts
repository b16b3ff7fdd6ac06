import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { sloDetail } from '@/lib/slo/reads'
import { sloIdSchema } from '@/lib/slo/schema'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (_request: Request, { params }: Context) =>
  Response.json(await sloDetail(await requireActor(), sloIdSchema.parse((await params).id))),
)
