import { queryOf } from '@/lib/api/route'
import { requireActor } from '@/lib/auth/session'
import { ledgerQuerySchema } from '@/lib/ledger/period'
import { sloLedger } from '@/lib/ledger/reads'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireActor()
  const id = sloIdSchema.parse((await params).id)
  return Response.json(await sloLedger(actor, id, ledgerQuerySchema.parse(queryOf(request))))
})
