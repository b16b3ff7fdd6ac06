import type { Evidence, FrozenSlo } from '@/lib/review/snapshot'
import { DAY, type UnixSeconds } from '@/lib/time-series/units'

/** Geometry of one chart in units of its own; text of 24 units is read from four metres at 1920 pixels. */
const [WIDTH, HEIGHT] = [850, 376]
const PLOT = { left: 96, right: 836, top: 40, bottom: 328 }
/** Room on the right for what is to come. */
const AHEAD = 0.14
/** Nobody reads how deep below nothing a line runs. */
const DEEPEST = -1

type Point = { x: number; y: number }

export function prepareChart(slo: FrozenSlo, { line, marks }: Evidence, asOf: UnixSeconds) {
  const known = line.points.filter((value): value is number => value !== null)
  const low = Math.max(DEEPEST, Math.min(0, slo.remaining ?? 0, ...known))
  const bottom = low < 0 ? Math.floor(low * 4 - 0.2) / 4 : -0.25
  const end = line.from + (asOf - line.from) / (1 - AHEAD)
  const xOf = (ts: UnixSeconds) => round(PLOT.left + ((ts - line.from) / (end - line.from)) * (PLOT.right - PLOT.left))
  const yOf = (left: number) =>
    round(PLOT.bottom - ((Math.min(1, Math.max(bottom, left)) - bottom) / (1 - bottom)) * (PLOT.bottom - PLOT.top))
  const points = line.points.map((value, i): Point | null =>
    value === null ? null : { x: xOf(line.from + i * line.step), y: yOf(value) },
  )
  const point = slo.remaining === null ? null : { x: xOf(asOf), y: yOf(slo.remaining) }
  const stretches = stretchesOf([...points, point])
  const zero = yOf(0)
  return {
    ...{ width: WIDTH, height: HEIGHT, plot: PLOT, zero, point },
    lines: stretches.map((stretch) => pathOf(stretch)),
    area: stretches
      .filter((stretch) => stretch.length > 1)
      .map((stretch) => `${pathOf(stretch)}L${stretch.at(-1)?.x} ${zero}L${stretch[0]?.x} ${zero}Z`),
    rules: [
      { y: yOf(1), text: '100 %', strong: false },
      { y: yOf(0.5), text: '50', strong: false },
      { y: zero, text: '0', strong: true },
    ],
    marks: labelled(
      marks
        .filter(({ to }) => to > line.from)
        .map(({ kind, label, from, to }) => ({
          ...{ kind, label, key: `${kind} ${label} ${from}` },
          ...{ from: xOf(Math.max(from, line.from)), to: xOf(Math.min(to, asOf)) },
        })),
    ),
    ticks: ticksOf(line.from, asOf, xOf),
    fan: point && fanOf(slo, point, { asOf, xOf, zero }),
  }
}

const round = (value: number): number => Math.round(value * 10) / 10
const pathOf = (points: Point[]): string => points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')

/** A gap is a gap. */
function stretchesOf(points: (Point | null)[]): Point[][] {
  const stretches: Point[][] = [[]]
  for (const one of points) {
    if (one) stretches.at(-1)?.push(one)
    else if (stretches.at(-1)?.length) stretches.push([])
  }
  return stretches.filter((stretch) => stretch.length > 0)
}

type Mark = { kind: string; label: string; key: string; from: number; to: number }
/** Words that would cover each other are left out, the earlier ones first: the newest is what people ask about. */
function labelled(marks: Mark[]): (Mark & { x: number; anchor: 'start' | 'middle' | 'end' })[] {
  let free = Number.POSITIVE_INFINITY
  return [...marks]
    .reverse()
    .map((mark) => {
      const centre = (mark.from + mark.to) / 2
      const wide = mark.label.length * 13.5
      const anchor = centre + wide / 2 > WIDTH ? 'end' : 'middle'
      const x = anchor === 'end' ? Math.min(mark.to, WIDTH - 4) : centre
      const [from, to] = anchor === 'end' ? [x - wide, x] : [x - wide / 2, x + wide / 2]
      const fits = to + 12 < free && from >= 0
      if (fits) free = from
      return { ...mark, x, anchor, label: fits ? mark.label : '' } as const
    })
    .reverse()
}

/** Three days of the window and now. */
function ticksOf(from: UnixSeconds, asOf: UnixSeconds, xOf: (ts: UnixSeconds) => number) {
  const step = Math.max(DAY, Math.round((asOf - from) / DAY / 4) * DAY)
  const days = [3, 2, 1].map((back) => asOf - back * step).filter((at) => at > from + step / 4)
  return [...days.map((at) => ({ at, x: xOf(at), now: false })), { at: asOf, x: xOf(asOf), now: true }]
}

/** The way to nothing at the pace of six hours, between the quickest and the slowest one. */
function fanOf(
  { outlook }: FrozenSlo,
  from: Point,
  { asOf, xOf, zero }: { asOf: number; xOf: (ts: number) => number; zero: number },
) {
  if (outlook.kind !== 'ends') return null
  const at = (ts: UnixSeconds): Point => {
    const x = xOf(Math.max(ts, asOf + 60))
    if (x <= PLOT.right) return { x, y: zero }
    return { x: PLOT.right, y: round(from.y + ((zero - from.y) * (PLOT.right - from.x)) / (x - from.x)) }
  }
  const [low, mid, high] = [at(outlook.low), at(outlook.at), at(outlook.high)]
  return { area: `M${from.x} ${from.y}L${low.x} ${low.y}L${high.x} ${high.y}Z`, line: `M${from.x} ${from.y}L${mid.x} ${mid.y}` }
}
