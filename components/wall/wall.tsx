'use client'
import { useState } from 'react'
import { Logo } from '@/components/frame/logo'
import { Link } from '@/components/ui/link'
import { useHydrated } from '@/components/ui/use-hydrated'
import { dayText, partsOf } from '@/lib/format-time'
import type { WallView } from '@/lib/wall/schema'
import { isCalm, LATE, PAGE } from '@/lib/wall/view'
import { headlineOf, sinceText } from '@/lib/wall/words'
import { Calm } from './calm'
import { Ended } from './ended'
import { Foot } from './foot'
import { Headline } from './headline'
import { isLost } from './state'
import { Tally } from './tally'
import { useAwake } from './use-awake'
import { useServerNow } from './use-server-now'
import { useWall, type WallSource } from './use-wall'
import { WallRows } from './wall-rows'

/** How long one page stays. Seconds. */
const TURN = 12

export type WallProps = { start: WallView; startAt: number; source: WallSource; theme: 'dark' | 'light' }

/** The screen on the wall. It asks by itself, forgets what it showed before, and says so when it knows nothing new. */
export function Wall({ start, startAt, source, theme }: WallProps) {
  const state = useWall(start, startAt, source)
  const now = useServerNow(state.heardAt, state.mark)
  const [held, setHeld] = useState<number | null>(null)
  const live = useHydrated()
  useAwake()
  const { view } = state
  if (state.ended !== null) return <Ended sentence={state.ended} theme={theme} signIn={!source.linked} />
  const lost = isLost(state)
  const late = view.asOf !== null && now - view.asOf > LATE
  const calm = !lost && isCalm(view, now)
  const pages = Math.max(1, Math.ceil(view.rows.length / PAGE))
  // By the clock: every screen shows the same page, and nothing has to be remembered.
  const page = (held ?? Math.floor(now / TURN)) % pages
  const lines = [
    lost ? `No connection since ${sinceText(state.heardAt, now)}; trying again.` : '',
    lateLine(view, late && !lost, now),
  ]
  return (
    <div
      data-live={live || undefined}
      className={`wall wall-${theme} ${calm ? 'wall-calm' : ''} ${lost || late ? 'wall-lost' : ''}`}
    >
      <header className="w-head">
        {source.linked ? (
          <span className="w-logo">
            <Logo />
          </span>
        ) : (
          <Link href="/" className="w-logo" aria-label="Headroom, overview">
            <Logo />
          </Link>
        )}
        <h1>
          {calm ? null : <Headline text={headlineOf(view)} next={view.next} now={now} trouble={lines.find(Boolean)} />}
          {calm ? <span className="sr-only">{headlineOf(view)}</span> : null}
        </h1>
        {calm ? null : <Clock now={now} of={view.of} />}
      </header>
      {calm ? (
        <Calm view={view} now={now} />
      ) : (
        <main className="w-main">
          <WallRows view={view} page={page} now={now} />
          <Tally view={view} />
        </main>
      )}
      <Foot
        view={view}
        now={now}
        away={lost}
        turn={{ page, pages, held: held !== null, hold: () => setHeld(held === null ? page : null) }}
      />
      <p role="status" className="sr-only">
        {lines.find(Boolean) ?? headlineOf(view)}
      </p>
    </div>
  )
}

const lateLine = ({ asOf }: WallView, late: boolean, now: number): string =>
  late && asOf !== null ? `Data end at ${sinceText(asOf, now)}; nothing has been measured since.` : ''

function Clock({ now, of }: { now: number; of: string[] }) {
  return (
    <div className="w-clock">
      <time dateTime={new Date(now * 1000).toISOString().slice(0, 16)}>{partsOf(now, 'UTC').clock}</time>
      <span>
        {dayText(now, now)}
        <span className="w-zone">{of.length === 0 ? 'UTC' : `UTC · ${of.join(', ')}`}</span>
      </span>
    </div>
  )
}
