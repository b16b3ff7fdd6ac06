import { ledgerOf } from '@/lib/api/ledger-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { ledgerQuerySchema } from '@/lib/ledger/period'
import { serviceLedger } from '@/lib/ledger/reads'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const { service, ledgers } = await serviceLedger(actor, (await params).slug, ledgerQuerySchema.parse(queryOf(request)))
  return Response.json({ service, items: ledgers.map(ledgerOf) })
})
