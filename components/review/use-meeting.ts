import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { closeReviewNow, conductNow, settleCarriedNow, tickNow } from '@/app/(portal)/review/actions'
import type { Live } from '@/lib/review/live'
import type { Conduct } from '@/lib/review/meeting'
import type { Snapshot } from '@/lib/review/snapshot'
import { useLive } from './use-live'

type Result<T> = { ok: true; data: T } | { ok: false; message: string }
const LOST = 'The portal does not answer. Nothing was changed; try again.'

/** A meeting as one person sees it: where all are, where this one looks, and what keys do. */
export function useMeeting(snapshot: Snapshot, initial: Live, may: boolean) {
  const router = useRouter()
  const { live, newest, accept, connected, ahead } = useLive(initial)
  /** where this person looks on their own; null: they follow */
  const [apart, setApart] = useState<number | null>(null)
  const [message, setMessage] = useState('')
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const { id, status } = live
  useEffect(() => {
    if (status === 'closed') router.push(`/review/${id}/minutes`)
  }, [status, id, router])

  /** One after the other: a second key means the state that the first one made. */
  const send = useCallback(
    (command: (now: Live) => Promise<Result<Live>>): Promise<Result<Live>> => {
      const work = queue.current.then(async (): Promise<Result<Live>> => {
        try {
          const result = await command(newest.current)
          if (result.ok) accept(result.data)
          setMessage(result.ok ? '' : result.message)
          return result
        } catch {
          setMessage(LOST)
          return { ok: false, message: LOST }
        }
      })
      queue.current = work
      return work
    },
    [accept, newest],
  )

  const last = snapshot.items.length - 1
  const conduct = useCallback(
    (verb: (now: Live) => Conduct) => {
      if (may) void send((now) => conductNow({ id, sequence: now.sequence, ...verb(now) }))
    },
    [may, send, id],
  )
  const go = useCallback(
    (to: (step: number) => number) => {
      const within = (step: number) => Math.max(0, Math.min(last, to(step)))
      if (may && apart === null) conduct((now) => ({ verb: 'go', to: within(now.step) }))
      else setApart((now) => within(now ?? newest.current.step))
    },
    [may, apart, conduct, last, newest],
  )
  const follow = useCallback(() => setApart((now) => (now === null ? newest.current.step : null)), [newest])
  const tick = useCallback(
    (line: number) => {
      if (may && line < snapshot.checklist.length)
        void send((now) => tickNow({ id, line, done: !now.ticks.some((one) => one.line === line) }))
    },
    [may, send, id, snapshot],
  )
  const settle = useCallback(
    (action: number) => {
      if (may) void send((now) => settleCarriedNow({ id, action, done: !now.done.includes(action) }))
    },
    [may, send, id],
  )
  const close = useCallback(async () => {
    if (!may) return
    const result = await closeReviewNow({ id })
    if (result.ok) router.push(`/review/${id}/minutes`)
    else setMessage(result.message)
  }, [may, id, router])

  return { live, connected, ahead, apart, step: apart ?? live.step, message, send, conduct, go, follow, tick, settle, close }
}
export type Meeting = ReturnType<typeof useMeeting>
