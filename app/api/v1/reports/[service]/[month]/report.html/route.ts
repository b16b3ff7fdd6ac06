import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { fileHeaders } from '@/lib/report/file-headers'
import { readReportHtml } from '@/lib/report/reads-files'
import { fileName, notThere, reportKey } from '@/lib/report/reads-one'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Params = { params: Promise<{ service: string; month: string }> }

export const GET = route(async (request: Request, { params }: Params) => {
  const actor = await requireApiActor(request)
  const key = reportKey(await params, queryOf(request))
  const html = await readReportHtml(actor, key)
  if (html === null) throw notThere(key)
  return new Response(html, { headers: fileHeaders('text/html', `${fileName(key)}.html`) })
})
