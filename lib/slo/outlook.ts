import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import type { Countdown } from './countdown'
import type { Status } from './status'
import type { SloWindow } from './window'

/** What will become of a budget, as data; `components/slo/outlook-text.tsx` makes the sentence. */
export type Outlook =
  /** `at`: at the last 6 hours' pace; low..high: range over the 1, 6 and 24 h paces that end it at all */
  | { kind: 'ends'; at: UnixSeconds; low: UnixSeconds; high: UnixSeconds; basis: Seconds; periodEnd: UnixSeconds | null }
  /** overspent since; `backAt`: the earliest return when nothing more goes wrong, `null` not within the window */
  | { kind: 'gone'; since: UnixSeconds; backAt: UnixSeconds | null }
  /** not within the horizon; `floor` when a floor, not the pace, decides the state */
  | { kind: 'lasts'; floor: Ratio | null; periodEnd: UnixSeconds | null }
  | { kind: 'frozen'; since: UnixSeconds; why: 'source' | 'absent' }
  | { kind: 'coverage'; coverage: Ratio; floor: Ratio }
  | { kind: 'too-few'; events: number; needed: number; since: UnixSeconds }
  | { kind: 'too-young'; age: Seconds; needed: Seconds }
  | { kind: 'no-history' }
  /** history is being read; `share` of it is done */
  | { kind: 'filling'; share: Ratio }
  /** it cannot be measured at all, and a sentence why */
  | { kind: 'unmeasured'; why: string }

/** Chooses the one thing to say. `backAt` and `since` come from the history of the budget. */
export function outlookOf(
  status: Status,
  window: SloWindow,
  countdown: Countdown,
  past: { since: UnixSeconds; backAt: UnixSeconds | null },
): Outlook {
  const { reason } = status
  if (reason.rule === 'no-history') return { kind: 'no-history' }
  if (reason.rule === 'source' || reason.rule === 'absent') return { kind: 'frozen', since: reason.since, why: reason.rule }
  if (reason.rule === 'coverage') return { kind: 'coverage', coverage: reason.coverage, floor: reason.floor }
  if (reason.rule === 'too-young') return { kind: 'too-young', age: reason.age, needed: reason.needed }
  if (reason.rule === 'too-few-events')
    return { kind: 'too-few', events: reason.events, needed: reason.needed, since: status.windowFrom }
  if (status.state === 'exhausted') return { kind: 'gone', ...past }
  const periodEnd = window.kind === 'calendar' ? status.windowTo : null
  const ends = [countdown.h6, countdown.h24, countdown.h1]
  const known = ends.filter((end) => end !== null)
  const at = known[0]
  if (at === undefined) return { kind: 'lasts', floor: reason.rule === 'floor' ? reason.floor : null, periodEnd }
  const basis = [21_600, 86_400, 3_600][ends.indexOf(at)] as Seconds
  return { kind: 'ends', at, low: Math.min(...known), high: Math.max(...known), basis, periodEnd }
}
