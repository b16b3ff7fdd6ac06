import { queryOf } from '@/lib/api/route'
import { exportQuerySchema } from '@/lib/api/slo-as-code-paths'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { exportedFiles } from '@/lib/slo-as-code/reads-export'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { format, service } = exportQuerySchema.parse(queryOf(request))
  const files = await exportedFiles(actor, service)
  if (format === 'openslo-files') return Response.json({ files }, { headers: { 'cache-control': 'no-store' } })
  return new Response(files.map(({ text }) => text).join('---\n'), {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': 'inline; filename="openslo.yaml"',
      'cache-control': 'no-store',
    },
  })
})
