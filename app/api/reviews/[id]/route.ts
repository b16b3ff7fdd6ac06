import { requireActor } from '@/lib/auth/session'
import { liveReview } from '@/lib/review/reads-live'
import { reviewIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

/** What moves of a review: for whoever follows it while its stream is broken. */
export const GET = route(async (_request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireActor()
  return Response.json(await liveReview(actor, reviewIdSchema.parse((await params).id)), {
    headers: { 'cache-control': 'no-store' },
  })
})
