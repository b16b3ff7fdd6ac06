import { z } from 'zod'
import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { HISTORY_RANGES } from '@/lib/slo/detail'
import { sloHistory } from '@/lib/slo/reads'
import { sloIdSchema } from '@/lib/slo/schema'

type Context = { params: Promise<{ id: string }> }
const rangeSchema = z.enum(HISTORY_RANGES).catch('30d')

export const GET = route(async (request: Request, { params }: Context) => {
  const range = rangeSchema.parse(new URL(request.url).searchParams.get('range'))
  return Response.json(await sloHistory(await requireActor(), sloIdSchema.parse((await params).id), range))
})
