import { bodyOf } from '@/lib/api/body'
import { shareLinkOf } from '@/lib/api/report-resources'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { shareReport } from '@/lib/report/commands-share'
import { reportKey, storedReport } from '@/lib/report/reads-one'
import { shareDaysSchema } from '@/lib/report/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

type Params = { params: Promise<{ service: string; month: string }> }

export const POST = route(async (request: Request, { params }: Params) => {
  const actor = await requireApiActor(request)
  const { id } = await storedReport(actor, reportKey(await params, queryOf(request)))
  const { days } = shareDaysSchema.parse(await bodyOf(request))
  return Response.json(shareLinkOf(await shareReport(actor, { id, days })), { status: 201 })
})
