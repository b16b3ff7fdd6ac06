import 'server-only'
import type { Actor } from '../auth/actor'
import { listen } from '../db/listen'
import { REVIEW_CHANNEL } from './commands-change'
import type { Live } from './live'
import { liveOf, liveReview } from './reads-live'

/**
 * Server-sent events of a review: the whole of what moves, again at each change. All streams of a process share one listening
 * connection and, per review, one read. A notification that was lost is made up for at the next beat.
 */
const BEAT = 15_000
/** A stream ends after this long, and the browser opens another one: whoever was signed out meanwhile is not let in again. */
const LONGEST = 10 * 60_000

type Stream = { send: (live: Live) => void; beat: () => void }
type Hub = {
  rooms: Map<number, Set<Stream>>
  reading: Map<number, 'once' | 'again'>
  stop: () => void
  timer: ReturnType<typeof setInterval>
}
const store = globalThis as { headroomReviews?: Hub | undefined }

function join(id: number, stream: Stream): () => void {
  store.headroomReviews ??= opened()
  const hub = store.headroomReviews
  const room = hub.rooms.get(id) ?? new Set()
  hub.rooms.set(id, room.add(stream))
  return () => {
    room.delete(stream)
    if (room.size === 0) hub.rooms.delete(id)
    if (hub.rooms.size > 0 || store.headroomReviews !== hub) return
    clearInterval(hub.timer)
    hub.stop()
    store.headroomReviews = undefined
  }
}

function opened(): Hub {
  const hub: Hub = { rooms: new Map(), reading: new Map(), stop: () => {}, timer: setInterval(() => beat(hub), BEAT) }
  hub.stop = listen(REVIEW_CHANNEL, {
    heard: (payload) => void tell(hub, Number(payload)),
    lost: () => {
      for (const id of hub.rooms.keys()) void tell(hub, id)
    },
  })
  return hub
}

function beat(hub: Hub): void {
  for (const [id, room] of hub.rooms) {
    for (const stream of room) stream.beat()
    void tell(hub, id)
  }
}

/** One read for everybody in the room; what changes while it runs is read once more. */
async function tell(hub: Hub, id: number): Promise<void> {
  if (!hub.rooms.has(id)) return
  if (hub.reading.has(id)) {
    hub.reading.set(id, 'again')
    return
  }
  hub.reading.set(id, 'once')
  try {
    const live = await liveOf(id)
    if (live) for (const stream of hub.rooms.get(id) ?? []) stream.send(live)
  } catch {
    // The next beat tries again; streams stay open.
  }
  const again = hub.reading.get(id) === 'again'
  hub.reading.delete(id)
  if (again) await tell(hub, id)
}

/** A stream of events for whoever may read; it ends with the request. Throws NOT_FOUND. */
export async function reviewEvents(
  actor: Actor,
  id: number,
  { signal, seen }: { signal: AbortSignal; seen: number | null },
): Promise<ReadableStream<Uint8Array>> {
  const first = await liveReview(actor, id)
  const text = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let sent = seen ?? -1
      let over = false
      const write = (chunk: string) => {
        if (!over) controller.enqueue(text.encode(chunk))
      }
      const send = (live: Live) => {
        if (live.revision <= sent) return
        sent = live.revision
        write(`id: ${live.revision}\nevent: live\ndata: ${JSON.stringify(live)}\n\n`)
      }
      const leave = join(id, { send, beat: () => write(': still here\n\n') })
      const limit = setTimeout(() => end(), LONGEST)
      end = () => {
        if (over) return
        over = true
        clearTimeout(limit)
        leave()
        signal.removeEventListener('abort', end)
        try {
          controller.close()
        } catch {
          // Whoever read has gone already.
        }
      }
      signal.addEventListener('abort', end)
      write('retry: 2000\n\n')
      send(first)
      if (signal.aborted) end()
    },
    cancel: () => end(),
  })
}

/** Streams that are open in this process. */
export const openStreams = (): number =>
  [...(store.headroomReviews?.rooms.values() ?? [])].reduce((sum, room) => sum + room.size, 0)
