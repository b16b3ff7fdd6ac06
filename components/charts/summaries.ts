import { burnText, countText, leftText, sliText } from '@/lib/format'
import { dayText, instantText, lengthText } from '@/lib/format-time'
import type { SloHistory } from '@/lib/slo/detail'
import type { Ratio, UnixSeconds } from '@/lib/time-series/units'

/** What each chart shows, in words, for people who do not see it. */

type Column = readonly (number | null)[]

function indexOfExtreme(column: Column, better: (a: number, b: number) => boolean): number | null {
  let found: number | null = null
  column.forEach((value, at) => {
    if (value !== null && (found === null || better(value, column[found] as number))) found = at
  })
  return found
}

const lowest = (column: Column): number | null => indexOfExtreme(column, (a, b) => a < b)
const highest = (column: Column): number | null => indexOfExtreme(column, (a, b) => a > b)

export function gapsText(history: SloHistory): string {
  const { gaps } = history
  if (gaps.length === 0) return 'Nothing is missing.'
  const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)
  const first = gaps[0] as (typeof gaps)[number]
  if (gaps.length === 1) return `No data for ${lengthText(missing)} from ${instantText(first.from, history.to)}.`
  return `No data in ${gaps.length} gaps of ${lengthText(missing)} together.`
}

export function budgetSummary(history: SloHistory): string {
  const { remaining, ts, to } = history
  const known = remaining.filter((value) => value !== null)
  const first = known[0]
  const last = known.at(-1)
  const low = lowest(remaining)
  if (first === undefined || last === undefined || low === null) return 'There is no measured budget in this range.'
  const rises = history.rises.map((rise) => riseText(rise, to))
  return [
    `The budget left went from ${leftText(first)} % to ${leftText(last)} %, at the lowest ${leftText(remaining[low] ?? null)} % on ${instantText(ts[low] as UnixSeconds, to)}.`,
    ...rises.map((rise) => `${rise}.`),
    gapsText(history),
  ].join(' ')
}

export const riseText = (rise: SloHistory['rises'][number], now: UnixSeconds): string =>
  `+${Math.floor(rise.points)} points on ${dayText(rise.at, now)}: burn of ${dayText(rise.burnedAt, now)} left the window`

export function burnSummary(history: SloHistory): string {
  const parts = (
    [
      ['1 h', history.burn1h],
      ['6 h', history.burn6h],
      ['24 h', history.burn24h],
    ] as const
  ).flatMap(([name, column]) => {
    const top = highest(column)
    if (top === null) return []
    return `over ${name} at most ${burnText(column[top] ?? null)} times on ${instantText(history.ts[top] as UnixSeconds, history.to)}, now ${burnText(column.at(-1) ?? null)}`
  })
  return parts.length === 0 ? 'There is no measured burn in this range.' : `Burn rate ${parts.join('; ')}. ${gapsText(history)}`
}

export function sliSummary(history: SloHistory, target: Ratio): string {
  const low = lowest(history.sli)
  if (low === null) return 'There is no measured SLI in this range.'
  const missed = history.sli.filter((sli) => sli !== null && sli < target).length
  return [
    `The lowest SLI of ${lengthText(history.step)} was ${sliText(history.sli[low] ?? null)} % on ${instantText(history.ts[low] as UnixSeconds, history.to)}.`,
    `${countText(missed)} of ${countText(history.sli.length)} steps were below the target.`,
    gapsText(history),
  ].join(' ')
}
