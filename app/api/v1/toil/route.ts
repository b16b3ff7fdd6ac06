import { toilOf } from '@/lib/api/priority-paths'
import { requireApiActor } from '@/lib/auth/api-actor'
import { teamToils } from '@/lib/priority/reads'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) =>
  Response.json({ items: (await teamToils(await requireApiActor(request))).map(toilOf) }),
)
