import { ledgerOf } from '@/lib/api/ledger-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { ledgerQuerySchema } from '@/lib/ledger/period'
import { sloLedger } from '@/lib/ledger/reads'
import { route } from '@/lib/route'
import { sloIdSchema } from '@/lib/slo/schema'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ id: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const id = sloIdSchema.parse((await params).id)
  return Response.json(ledgerOf(await sloLedger(actor, id, ledgerQuerySchema.parse(queryOf(request)))))
})
