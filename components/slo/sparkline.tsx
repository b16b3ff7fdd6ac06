import { leftText, NONE } from '@/lib/format'
import type { SloState } from '@/lib/slo/state'

const WIDTH = 68
const HEIGHT = 24
const LOW = -0.6
const y = (value: number) => Number((2 + (1 - (Math.max(LOW, Math.min(1, value)) - LOW) / (1 - LOW)) * (HEIGHT - 4)).toFixed(1))

/** One path; unknown points lift the pen. */
function pathOf(points: (number | null)[]): string {
  const step = points.length > 1 ? (WIDTH - 4) / (points.length - 1) : 0
  let pen = false
  return points
    .map((value, i) => {
      const part = value === null ? '' : `${pen ? 'L' : 'M'}${Number((2 + i * step).toFixed(1))} ${y(value)}`
      pen = value !== null
      return part
    })
    .join('')
}

type Props = { points: (number | null)[]; now: number | null; state: SloState }

/** Remaining budget over 30 days on the same scale in every row; the last point carries the state. */
export function Sparkline({ points, now, state }: Props) {
  const all = [...points, now]
  const first = all.find((point) => point !== null) ?? null
  const title =
    first === null
      ? 'no budget known yet'
      : `budget left, 30 days ago ${leftText(first)} %, now ${now === null ? NONE : `${leftText(now)} %`}`
  return (
    <svg
      className={`spark is-${state}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={title}
    >
      <path className="spark-zero" d={`M0 ${y(0)}H${WIDTH}`} vectorEffect="non-scaling-stroke" />
      <path className="spark-line" d={pathOf(all)} vectorEffect="non-scaling-stroke" />
      {now === null ? null : <path className="spark-end" d={`M${WIDTH - 2} ${y(now)}h.01`} vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}
