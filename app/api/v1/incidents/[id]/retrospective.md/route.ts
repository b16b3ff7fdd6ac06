import { requireApiActor } from '@/lib/auth/api-actor'
import { incident } from '@/lib/incident/reads'
import { retrospectiveMarkdown } from '@/lib/incident/retrospective-markdown'
import { incidentIdSchema } from '@/lib/incident/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const id = incidentIdSchema.parse((await params).id)
  const view = await incident(await requireApiActor(request), id)
  return new Response(retrospectiveMarkdown(view, Math.floor(Date.now() / 1000)), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `inline; filename="incident-${id}-retrospective.md"`,
      'cache-control': 'no-store',
    },
  })
})
