import { DAY, HOUR, MINUTE } from '../time-series/units'
import type { Counted, Truth } from './counted'
import { type Scenario, seen } from './scenario'

/** What somebody says of a window; `null`: nothing. Rules record counts of the SLO's own window alone. */
export type Said = { total?: number | null; bad?: number | null; ratio: number | null }
export type Who = 'rules' | 'portal'
export type Row = {
  scenario: string
  at: number
  window: string
  who: Who
  what: 'total' | 'bad' | 'ratio'
  truth: number
  said: number | null
  /** share of the truth by which it is off */
  off: number
  ok: boolean
}

/** Two in a thousand; where that is less than one event, one event. */
const TOLERANCE = 0.002

/** Lengths of all windows that are compared, seconds by name. */
export const LOOKBACKS: Record<string, number> = {
  '5m': 5 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '6h': 6 * HOUR,
  '24h': 24 * HOUR,
  '72h': 72 * HOUR,
}
export const windowsOf = ({ days }: Scenario): [name: string, seconds: number][] => [
  ...Object.entries(LOOKBACKS).filter(([, length]) => length <= days * DAY),
  [`${days}d`, days * DAY],
]

/** What was said of one window at one instant, beside what happened. */
export function compare(
  scenario: Scenario,
  truth: Truth,
  { at, window: [window, length], who, said }: { at: number; window: [string, number]; who: Who; said: Said },
): Row[] {
  const happened = seen(scenario, truth, [at - length, at])
  const exact = truth(at - length, at)
  const row = (
    what: Row['what'],
    of: (counts: Counted) => number,
    value: number | null,
    slack: (truth: number) => number,
  ): Row => {
    const allowed = happened.map(of).map((one): [number, number] => [one - slack(one), one + slack(one)])
    const [low, high] = [Math.min(...allowed.map(([l]) => l)), Math.max(...allowed.map(([, h]) => h))]
    const really = of(exact)
    return {
      ...{ scenario: scenario.slug, at, window, who, what, truth: really, said: value },
      off: value === null ? Number.NaN : really === 0 ? value : value / really - 1,
      ok: value !== null && value >= low && value <= high,
    }
  }
  const counts = (one: number) => Math.max(1, TOLERANCE * one)
  const ratio = ({ total, bad }: Counted) => (total > 0 ? bad / total : 0)
  const rows: Row[] = []
  if (said.total !== undefined) rows.push(row('total', (c) => c.total, said.total, counts))
  if (said.bad !== undefined) rows.push(row('bad', (c) => c.bad, said.bad, counts))
  // Of nothing there is no ratio, and nobody may say one.
  if (exact.total > 0) rows.push(row('ratio', ratio, said.ratio, (one) => Math.max(1 / exact.total, TOLERANCE * one)))
  else if (said.ratio !== null) rows.push({ ...row('ratio', ratio, said.ratio, () => 0), ok: false })
  return rows
}
