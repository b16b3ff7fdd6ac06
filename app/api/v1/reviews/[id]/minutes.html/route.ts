import { requireApiActor } from '@/lib/auth/api-actor'
import { minutesHtml } from '@/lib/review/minutes-html'
import { minutesOfReview } from '@/lib/review/reads-live'
import { reviewIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireApiActor(request)
  const minutes = await minutesOfReview(actor, reviewIdSchema.parse((await params).id))
  return new Response(minutesHtml(minutes), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="minutes-${minutes.review}.html"`,
      'cache-control': 'no-store',
    },
  })
})
