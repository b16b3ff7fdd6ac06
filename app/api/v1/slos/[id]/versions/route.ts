import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { sloVersions } from '@/lib/slo/reads-versions'
import { sloIdSchema } from '@/lib/slo/schema'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const versions = await sloVersions(actor, sloIdSchema.parse((await params).id))
  return Response.json({ items: versions.map(({ from, ...rest }) => ({ ...rest, from: new Date(from * 1000).toISOString() })) })
})
