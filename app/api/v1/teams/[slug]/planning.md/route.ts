import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { planningMarkdown } from '@/lib/priority/planning-markdown'
import { planning } from '@/lib/priority/reads-planning'
import { planningQuerySchema } from '@/lib/priority/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ slug: string }> }) => {
  const actor = await requireApiActor(request)
  const { quarter } = planningQuerySchema.parse(queryOf(request))
  const view = await planning(actor, { team: (await params).slug, quarter })
  return new Response(planningMarkdown(view, Math.floor(Date.now() / 1000)), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `inline; filename="${view.team.slug}-${view.quarter}.md"`,
      'cache-control': 'no-store',
    },
  })
})
