import type { AlertEpisode } from '@/lib/slo/simulation'
import type { Period } from '@/lib/slo/window'
import type { UnixSeconds } from '@/lib/time-series/units'

type Series = {
  ts: UnixSeconds[]
  remaining: (number | null)[]
  before: (number | null)[]
  alerts: AlertEpisode[]
  excluded: Period[]
}
type Size = { width: number; height: number }

export type PreviewShape = {
  lines: string[]
  before: string[]
  /** y of the line where the budget is gone */
  zero: number
  ticks: { y: number; text: string }[]
  alerts: { key: string; x: number; width: number; severity: AlertEpisode['severity'] }[]
  excluded: { key: string; x: number; width: number }[]
}

/** How far below zero a small chart reaches; what is lower runs along its edge. */
const DEEPEST = -2
const TICKS = [1, 0.5, 0, -0.5, -1, -2]

/** Pixels of a small budget chart. Gaps stay gaps; the axis always reaches a little below zero. */
export function previewShape({ ts, remaining, before, alerts, excluded }: Series, { width, height }: Size): PreviewShape {
  const known = [...remaining, ...before].filter((value): value is number => value !== null)
  const low = Math.max(DEEPEST, Math.min(-0.1, ...known) * 1.05)
  const high = Math.max(1, ...known)
  const [first, last] = [ts[0] ?? 0, ts.at(-1) ?? 1]
  const x = (at: UnixSeconds) => round(((Math.min(last, Math.max(first, at)) - first) / Math.max(1, last - first)) * width)
  const y = (value: number) => round(((high - Math.max(low, value)) / (high - low)) * height)
  return {
    lines: segments(ts, remaining, x, y),
    before: segments(ts, before, x, y),
    zero: y(0),
    ticks: TICKS.filter((value) => value >= low && value <= high).map((value) => ({ y: y(value), text: textOf(value) })),
    alerts: alerts.map(({ from, to, severity, long }) => ({
      key: `${long} ${from}`,
      x: x(from),
      width: Math.max(1.5, x(to) - x(from)),
      severity,
    })),
    excluded: excluded.map(({ from, to }) => ({ key: String(from), x: x(from), width: Math.max(1.5, x(to) - x(from)) })),
  }
}

const textOf = (value: number): string => String(Math.round(value * 100)).replace('-', '−')
const round = (value: number): number => Math.round(value * 10) / 10

function segments(
  ts: UnixSeconds[],
  values: (number | null)[],
  x: (at: UnixSeconds) => number,
  y: (value: number) => number,
): string[] {
  const paths: string[] = []
  let open = ''
  values.forEach((value, i) => {
    const at = ts[i]
    if (value === null || at === undefined) {
      if (open) paths.push(open)
      open = ''
    } else open += `${open ? 'L' : 'M'}${x(at)} ${y(value)}`
  })
  return open ? [...paths, open] : paths
}
