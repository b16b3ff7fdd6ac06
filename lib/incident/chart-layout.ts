import type { UnixSeconds } from '../time-series/units'
import type { IncidentChart } from './chart'
import type { IncidentView } from './incident'

/** Where things stand on the chart of a retrospective. The drawing is as wide as `WIDTH`, and plain numbers are its units. */
export const WIDTH = 820
export const LEFT = 64
export const TOP = 56
export const HEIGHT = 160

export const xOf = ({ from, to }: IncidentChart, at: UnixSeconds): number => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT)
export const yOf = (top: number, ratio: number): number => TOP + HEIGHT * (1 - ratio / top)

/** The top of the axis: a round share above the highest point. */
export function topOf({ points }: IncidentChart): number {
  const highest = Math.max(0.001, ...points.map(({ ratio }) => ratio ?? 0))
  return [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((top) => top >= highest) ?? 1
}

/** Steps as a filled outline, one path per stretch without a gap. */
export function areas(chart: IncidentChart): string[] {
  const top = topOf(chart)
  const paths: string[] = []
  let path = ''
  for (const { ts, ratio } of chart.points) {
    if (ratio === null) {
      if (path) paths.push(`${path}V${TOP + HEIGHT}Z`)
      path = ''
      continue
    }
    const [x, y] = [xOf(chart, ts - chart.step), yOf(top, ratio)].map((n) => n.toFixed(1))
    path += `${path ? '' : `M${x} ${TOP + HEIGHT}`}L${x} ${y}H${xOf(chart, ts).toFixed(1)}`
  }
  if (path) paths.push(`${path}V${TOP + HEIGHT}Z`)
  return paths
}

/** `before`: the name stands left of its line, where there is no room on the right. */
export type Mark = { at: UnixSeconds; x: number; name: string; row: number; before: boolean }

/** Instants with a name, each in the first row where it has room. */
export function marksOf(chart: IncidentChart, view: IncidentView): Mark[] {
  const named: [string, UnixSeconds | null][] = [
    ['began', view.startedAt],
    ['detected', view.detectedAt],
    ['acknowledged', view.acknowledgedAt],
    ['mitigated', view.mitigatedAt],
    ['resolved', view.resolvedAt],
  ]
  const ends: number[] = []
  return named
    .flatMap(([name, at]) => (at === null || at < chart.from || at > chart.to ? [] : [{ name, at, x: xOf(chart, at) }]))
    .sort((a, b) => a.at - b.at)
    .map((mark) => {
      const width = mark.name.length * 6.5 + 12
      const before = mark.x + width > WIDTH
      const start = before ? mark.x - width : mark.x
      const free = ends.findIndex((end) => start > end)
      const row = free < 0 ? ends.length : free
      ends[row] = start + width
      return { ...mark, row, before }
    })
}

export const notesOf = (chart: IncidentChart, { events }: IncidentView): { id: string; x: number; text: string }[] =>
  events
    .filter(({ kind, at }) => kind === 'note' && at >= chart.from && at <= chart.to)
    .map(({ id, at, text }) => ({ id, x: xOf(chart, at), text }))

const STEPS = [60, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800]

/** Round instants below the chart, at most eight. */
export function ticksOf({ from, to }: IncidentChart): UnixSeconds[] {
  const step = STEPS.find((one) => (to - from) / one <= 8) ?? Math.ceil((to - from) / 8 / 604_800) * 604_800
  const ticks: UnixSeconds[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at)
  return ticks
}
