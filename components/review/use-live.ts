import { useCallback, useEffect, useRef, useState } from 'react'
import type { Live } from '@/lib/review/live'

/** Milliseconds: how often one asks while the stream is broken, and how long until it is tried anew. */
const POLL = 3_000

/** The state of a review as everybody sees it: pushed by the server, asked for while the stream is broken. */
export function useLive(initial: Live) {
  const [live, setLive] = useState(initial)
  const [connected, setConnected] = useState(true)
  /** seconds that the server's clock is ahead of ours */
  const [ahead, setAhead] = useState(0)
  const newest = useRef(initial)
  const accept = useCallback((next: Live) => {
    if (next.revision < newest.current.revision) return
    newest.current = next
    setLive(next)
    setAhead(next.now - Date.now() / 1000)
  }, [])
  const { id } = initial

  useEffect(() => {
    let source: EventSource | null = null
    let again: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      source = new EventSource(`/api/reviews/${id}/events`)
      source.onopen = () => setConnected(true)
      source.addEventListener('live', (event) => accept(JSON.parse(event.data) as Live))
      source.onerror = () => {
        setConnected(false)
        // A refusal is final for the browser, not for us: the portal may only be restarting.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, POLL)
      }
    }
    open()
    return () => {
      clearTimeout(again)
      source?.close()
    }
  }, [id, accept])

  useEffect(() => {
    if (connected) return
    const ask = async () => {
      try {
        const answer = await fetch(`/api/reviews/${id}`)
        if (answer.ok) accept((await answer.json()) as Live)
      } catch {
        // Still not there.
      }
    }
    const timer = setInterval(() => void ask(), POLL)
    return () => clearInterval(timer)
  }, [connected, id, accept])

  return { live, newest, accept, connected, ahead }
}
