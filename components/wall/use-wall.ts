import { useEffect, useReducer, useRef } from 'react'
import { waitAfter } from '@/lib/wall/backoff'
import type { WallView } from '@/lib/wall/schema'
import { beginning, next, type WallEvent } from './state'

export type WallSource = { url: string; token: string | null; build: string; every: number }

/** An answer that takes longer is none. */
const TIMEOUT = 10_000
/** Who may not see it may have signed in again elsewhere; asked rarely. */
const WHEN_ENDED = 60_000
/** Between two loads of the page because of a new build: while a deployment is under way, answers come from both. */
const RELOAD_EVERY = 300_000
const RELOADED = 'headroom-wall-reloaded'

type Asked = { event: WallEvent; tag: string | null }

async function ask({ url, token, build }: WallSource, tag: string | null, signal: AbortSignal): Promise<Asked> {
  const headers = new Headers(tag === null ? {} : { 'If-None-Match': tag })
  if (token !== null) headers.set('Authorization', `Bearer ${token}`)
  const answer = await fetch(url, { headers, signal, cache: 'no-store', referrerPolicy: 'no-referrer' })
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
    const { detail } = (await answer.json()) as { detail?: string }
    return { event: { kind: 'ended', sentence: detail ?? 'This wall may not be seen any more.' }, tag: null }
  }
  if (answer.status !== 304 && !answer.ok) throw new Error(`The server answered ${answer.status}.`)
  const theirs = answer.headers.get('x-headroom-build')
  if (theirs !== null && theirs !== build) reload()
  // The clock of a screen may be wrong by hours; the server's is not.
  const here = Math.floor(Date.now() / 1000)
  const at = Math.floor(Date.parse(answer.headers.get('date') ?? '') / 1000) || here
  const view = answer.status === 304 ? null : ((await answer.json()) as WallView)
  return { event: { kind: 'heard', view, at, skew: at - here }, tag: answer.headers.get('etag') }
}

function reload(): void {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
  if (Date.now() - last < RELOAD_EVERY) return
  sessionStorage.setItem(RELOADED, String(Date.now()))
  location.reload()
}

/**
 * Asks again for as long as the page lives: one question at a time, one timer. After a failure it waits longer each time; when the
 * screen wakes up or the network comes back it asks at once.
 */
export function useWall(start: WallView, startAt: number, { url, token, build, every }: WallSource) {
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
        const asked = await ask({ url, token, build, every }, tag.current, own.signal)
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
    again(every * 1000)
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
  }, [url, token, build, every])
  return state
}
