import { requireActor } from '@/lib/auth/session'
import { reviewEvents } from '@/lib/review/reads-events'
import { reviewIdSchema } from '@/lib/review/schema'
import { route } from '@/lib/route'

export const dynamic = 'force-dynamic'

/** Server-sent events: the state of a review, again at each change. */
export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const actor = await requireActor()
  const id = reviewIdSchema.parse((await params).id)
  const last = request.headers.get('last-event-id')
  const seen = last !== null && /^\d{1,9}$/.test(last) ? Number(last) : null
  return new Response(await reviewEvents(actor, id, { signal: request.signal, seen }), {
    // no-transform: an answer that is packed reaches nobody before it ends.
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' },
  })
})
