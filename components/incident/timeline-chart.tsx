import { spentText } from '@/lib/format'
import { dayText, instantText, lengthText, partsOf } from '@/lib/format-time'
import type { IncidentChart } from '@/lib/incident/chart'
import { areas, HEIGHT, LEFT, marksOf, notesOf, TOP, ticksOf, topOf, WIDTH, xOf, yOf } from '@/lib/incident/chart-layout'
import type { IncidentView } from '@/lib/incident/incident'
import type { UnixSeconds } from '@/lib/time-series/units'
import { TakeTimeline } from './take-timeline'

type Props = { incident: IncidentView; chart: IncidentChart; now: UnixSeconds }
const BOTTOM = TOP + HEIGHT

/** What went wrong minute by minute, and what people did: drawn plainly, so that it prints. */
export function TimelineChart({ incident, chart, now }: Props) {
  const top = topOf(chart)
  const highest = Math.max(0, ...chart.points.map(({ ratio }) => ratio ?? 0))
  const end = incident.mitigatedAt ?? Math.min(now, chart.to)
  const long = chart.to - chart.from > 2 * 86_400
  const label = `Bad share of ${chart.name} from ${instantText(chart.from, now)} to ${instantText(chart.to, now)}: at most ${spentText(highest)} %.`
  return (
    <figure className="i-chart" data-chart>
      <figcaption>
        Bad share of {chart.name} ({chart.service}), per {lengthText(chart.step)}; UTC
        <TakeTimeline chart={chart} now={now} />
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${BOTTOM + 24}`} role="img" aria-label={label}>
        <rect
          className="i-chart-harm"
          x={xOf(chart, incident.startedAt)}
          y={TOP}
          width={Math.max(1, xOf(chart, end) - xOf(chart, incident.startedAt))}
          height={HEIGHT}
        />
        {[0, top / 2, top].map((ratio) => (
          <g key={ratio}>
            <path className="i-chart-line" d={`M${LEFT} ${yOf(top, ratio)}H${WIDTH}`} />
            <text className="i-chart-tick" x={LEFT - 6} y={yOf(top, ratio) + 4} textAnchor="end">
              {Number((ratio * 100).toFixed(2))} %
            </text>
          </g>
        ))}
        {areas(chart).map((path) => (
          <path key={path} className="i-chart-area" d={path} />
        ))}
        {ticksOf(chart).map((at, i) => (
          <text
            key={at}
            className={`i-chart-tick ${i % 2 === 0 ? '' : 'i-chart-between'}`}
            x={xOf(chart, at)}
            y={BOTTOM + 18}
            textAnchor="middle"
          >
            {long ? dayText(at, now) : partsOf(at, 'UTC').clock}
          </text>
        ))}
        {notesOf(chart, incident).map(({ id, x, text }) => (
          <circle key={id} className="i-chart-note" cx={x} cy={BOTTOM} r="4">
            <title>{text}</title>
          </circle>
        ))}
        {marksOf(chart, incident).map(({ name, x, row, before }) => (
          <g key={name}>
            <path className="i-chart-mark" d={`M${x} ${12 + row * 14}V${BOTTOM}`} />
            <text className="i-chart-name" x={before ? x - 4 : x + 4} y={16 + row * 14} textAnchor={before ? 'end' : 'start'}>
              {name}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  )
}
