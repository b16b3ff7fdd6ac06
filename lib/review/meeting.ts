import type { UnixSeconds } from '../time-series/units'
import type { Part } from './part'
import { leftItem, pausedTimer, resumedTimer, type Timer, withMinute } from './timer'

/** Where a meeting is: which item, and its clock. */
export type Meeting = { step: number; timer: Timer }
type Item = { key: string; part: Part }

export type Conduct = { verb: 'go'; to: number } | { verb: 'pause' | 'resume' | 'minute' }

/** The meeting after somebody pressed a key; `null` when that changes nothing. */
export function conducted({ step, timer }: Meeting, items: Item[], conduct: Conduct, now: UnixSeconds): Meeting | null {
  const current = items[step]
  if (!current) return null
  switch (conduct.verb) {
    case 'go':
      if (conduct.to === step || !items[conduct.to]) return null
      return { step: conduct.to, timer: leftItem(timer, current.key, now) }
    case 'pause':
      return timer.pausedAt === null ? { step, timer: pausedTimer(timer, now) } : null
    case 'resume':
      return timer.pausedAt === null ? null : { step, timer: resumedTimer(timer, now) }
    case 'minute':
      return { step, timer: withMinute(timer, current.part) }
  }
}
