import { dashboardsQuerySchema } from '@/lib/api/dashboard-paths'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { dashboardFiles, oneDashboard } from '@/lib/dashboards/reads'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const { format, service } = dashboardsQuerySchema.parse(queryOf(request))
  const answer = format === 'grafana-files' ? { files: await dashboardFiles(actor, service) } : await oneDashboard(actor, service)
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
})
