import { reportOf } from '@/lib/api/report-resources'
import { requireApiActor } from '@/lib/auth/api-actor'
import { readPreview } from '@/lib/report/reads'
import { reportKey } from '@/lib/report/reads-one'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Params = { params: Promise<{ service: string; month: string }> }

export const GET = route(async (request: Request, { params }: Params) => {
  const actor = await requireApiActor(request)
  return Response.json(reportOf(await readPreview(actor, reportKey(await params))))
})
