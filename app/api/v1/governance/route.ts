import { governanceOf } from '@/lib/api/governance-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { governance } from '@/lib/governance/reads'
import { governanceQuerySchema } from '@/lib/governance/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(governanceOf(await governance(actor, governanceQuerySchema.parse(queryOf(request)))))
})
