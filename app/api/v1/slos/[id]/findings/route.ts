import { findingsOf } from '@/lib/api/serialize'
import { requireApiActor } from '@/lib/auth/api-actor'
import { sloFindings } from '@/lib/finding/reads'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  return Response.json(findingsOf(await sloFindings(actor, sloIdSchema.parse((await params).id))))
})
