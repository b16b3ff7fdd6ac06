import { useEffect, useReducer, useRef } from 'react'
import { waitAfter } from '@/lib/wall/backoff'
import type { WallView } from '@/lib/wall/schema'
import { markOf } from './clock'
import { reloadWhenServed } from './reload'
import { beginning, next, type WallEvent } from './state'

/** `linked`: it was opened by a link, whose cookie goes with each question. */
export type WallSource = { url: string; linked: boolean; build: string; every: number }

/** An answer that takes longer is none. */
const TIMEOUT = 10_000
/** Who may not see it may have signed in again elsewhere; asked rarely. */
const WHEN_ENDED = 60_000

type Asking = Pick<WallSource, 'url' | 'build'>
type Asked = { event: WallEvent; tag: string | null }

async function ask({ url, build }: Asking, tag: string | null, signal: AbortSignal): Promise<Asked> {
  const headers = new Headers(tag === null ? {} : { 'If-None-Match': tag })
  const answer = await fetch(url, { headers, signal, cache: 'no-store', referrerPolicy: 'no-referrer' })
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
    const { detail } = (await answer.json()) as { detail?: string }
    return { event: { kind: 'ended', sentence: detail ?? 'This wall may not be seen any more.' }, tag: null }
  }
  if (answer.status !== 304 && !answer.ok) throw new Error(`The server answered ${answer.status}.`)
  const theirs = answer.headers.get('x-headroom-build')
  if (theirs !== null && theirs !== build) void reloadWhenServed()
  // The clock of a screen may be wrong by hours; the server's is not.
  const mark = markOf()
  const at = Math.floor((Date.parse(answer.headers.get('date') ?? '') || mark.wall) / 1000)
  const view = answer.status === 304 ? null : ((await answer.json()) as WallView)
  return { event: { kind: 'heard', view, at, mark }, tag: answer.headers.get('etag') }
}

/**
 * Asks at once, and again for as long as the page lives: one question at a time, one timer. After a failure it waits longer each time; when the
 * screen wakes up or the network comes back it asks at once.
 */
export function useWall(start: WallView, startAt: number, { url, build, every }: WallSource) {
  const [state, dispatch] = useReducer(next, null, () => beginning(start, startAt))
  const tag = useRef<string | null>(null)
  useEffect(() => {
    let alive = true
    let timer: ReturnType<typeof setTimeout> | undefined
    let asking: AbortController | null = null
    let failures = 0
    const again = (after: number) => {
      clearTimeout(timer)
      timer = setTimeout(now, after)
    }
    const now = async () => {
      if (asking) return
      const own = new AbortController()
      asking = own
      const timeout = setTimeout(() => own.abort(), TIMEOUT)
      try {
        const asked = await ask({ url, build }, tag.current, own.signal)
        if (!alive) return
        failures = 0
        tag.current = asked.tag
        dispatch(asked.event)
        again(asked.event.kind === 'ended' ? WHEN_ENDED : every * 1000)
      } catch {
        if (!alive) return
        failures += 1
        dispatch({ kind: 'failed' })
        again(waitAfter(failures, Math.random()))
      } finally {
        clearTimeout(timeout)
        asking = null
      }
    }
    const wake = () => {
      if (document.visibilityState === 'visible') void now()
    }
    void now()
    addEventListener('online', wake)
    addEventListener('pageshow', wake)
    document.addEventListener('visibilitychange', wake)
    return () => {
      alive = false
      clearTimeout(timer)
      asking?.abort()
      removeEventListener('online', wake)
      removeEventListener('pageshow', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [url, build, every])
  return state
}
