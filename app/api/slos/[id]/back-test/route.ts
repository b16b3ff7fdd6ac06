import { backTests } from '@/lib/alert/reads-back-test'
import { backTestSchema } from '@/lib/alert/schema'
import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const asked = new URL(request.url).searchParams
  const chosen = backTestSchema.parse({ policies: asked.getAll('policy'), days: Number(asked.get('days') ?? 30) })
  return Response.json(await backTests(await requireActor(), { id: sloIdSchema.parse((await params).id), ...chosen }))
})
