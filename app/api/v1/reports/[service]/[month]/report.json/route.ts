import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { fileHeaders } from '@/lib/report/file-headers'
import { fileName, reportKey, storedReport } from '@/lib/report/reads-one'
import { renderJson } from '@/lib/report/render/json'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Params = { params: Promise<{ service: string; month: string }> }

export const GET = route(async (request: Request, { params }: Params) => {
  const actor = await requireApiActor(request)
  const key = reportKey(await params, queryOf(request))
  const text = renderJson(await storedReport(actor, key))
  return new Response(text, { headers: fileHeaders('application/json', `${fileName(key)}.json`) })
})
