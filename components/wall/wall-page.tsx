import { everyOf } from '@/lib/wall/backoff'
import type { WallView } from '@/lib/wall/schema'
import { Wall } from './wall'

export type WallParams = {
  theme?: string | undefined
  seconds?: string | undefined
  team?: string | undefined
  tier?: string | undefined
}
type Props = { view: WallView; now: number; build: string; linked?: boolean; params: WallParams }

export const themeOf = ({ theme }: WallParams): 'dark' | 'light' => (theme === 'light' ? 'light' : 'dark')

/** The wall with its first answer, and where it asks for the next. */
export function WallPage({ view, now, build, linked = false, params }: Props) {
  const query = new URLSearchParams()
  for (const key of ['team', 'tier'] as const) {
    const value = params[key]
    if (value) query.set(key, value)
  }
  const path = linked ? '/api/wall/link' : '/api/wall'
  const url = query.size === 0 ? path : `${path}?${query}`
  return (
    <Wall start={view} startAt={now} theme={themeOf(params)} source={{ url, linked, build, every: everyOf(params.seconds) }} />
  )
}
