import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { listSloChoices } from '@/lib/slo/reads-choices'

export const GET = route(async () => Response.json({ items: await listSloChoices(await requireActor()) }))
