import { previewCsv } from '@/components/charts/chart-csv'
import { ChartExport } from '@/components/charts/chart-export'
import { dayText, instantText } from '@/lib/format-time'
import type { AlertEpisode } from '@/lib/slo/simulation'
import type { Period } from '@/lib/slo/window'
import type { UnixSeconds } from '@/lib/time-series/units'
import { previewShape } from './prepare-preview'

const WIDTH = 480
const HEIGHT = 132
/** Alerts have a lane of their own at the top, so that long ones hide nothing. */
const LANE = 9

type Props = {
  ts: UnixSeconds[]
  remaining: (number | null)[]
  alerts: AlertEpisode[]
  /** another curve to compare with, drawn dashed */
  before?: (number | null)[]
  /** stretches that were left out, hatched */
  excluded?: Period[]
  summary: string
  /** what it is a preview of, for pictures of it */
  of: string
}

/** The budget over the past under these rules; where alerts would have been is shaded. */
export function PreviewChart({ ts, remaining, alerts, before, excluded = [], summary, of }: Props) {
  const shape = previewShape({ ts, remaining, alerts, before: before ?? [], excluded }, { width: WIDTH, height: HEIGHT })
  const [first, last] = [ts[0] ?? 0, ts.at(-1) ?? 0]
  return (
    <figure className="p-chart" data-chart>
      <p className="p-take">
        <ChartExport
          name={before ? 'What if' : 'Preview'}
          of={of}
          note={`% of the budget left; ${instantText(first, last)} to ${instantText(last, last)} UTC, as of the latter`}
          csv={() => previewCsv(ts, remaining, before)}
        />
      </p>
      <svg height={HEIGHT} role="img" aria-label={summary}>
        {/* Curves take the width there is; letters and lines keep their size. */}
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" width="100%" height={HEIGHT} aria-hidden="true">
          <rect className="p-below" x={0} y={shape.zero} width={WIDTH} height={Math.max(0, HEIGHT - shape.zero)} />
          {shape.alerts.map(({ x, width, severity, key }) => (
            <rect key={key} className={`p-alert p-${severity}`} x={x} y={0} width={width} height={LANE} />
          ))}
          {shape.excluded.map(({ x, width, key }) => (
            <rect key={key} className="p-excluded" x={x} y={0} width={width} height={HEIGHT} />
          ))}
          {shape.before.map((d) => (
            <path key={d} className="p-before" d={d} vectorEffect="non-scaling-stroke" />
          ))}
          {shape.lines.map((d) => (
            <path key={d} className="p-line" d={d} vectorEffect="non-scaling-stroke" />
          ))}
        </svg>
        {shape.ticks.map(({ y, text }) => (
          <g key={text}>
            <line className={text === '0' ? 'p-zero' : 'p-grid'} x1={0} x2="100%" y1={y} y2={y} />
            <text className="p-tick" x="100%" dx={-2} y={y - 3} textAnchor="end">
              {text}
              {text === '0' ? '' : ' %'}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        <span>{dayText(first, last)}</span>
        <span>{before ? 'budget left: dashed as it is, solid what if' : 'budget left'}</span>
        <span>{dayText(last, last)}</span>
      </figcaption>
    </figure>
  )
}
