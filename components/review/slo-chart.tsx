import { leftText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { Evidence, FrozenSlo } from '@/lib/review/snapshot'
import { prepareChart } from './prepare-chart'

type Props = { slo: FrozenSlo; evidence: Evidence; asOf: number; zone: string }

/** The budget over its window: signed, with what spent most marked, and the way on. Drawn to be read from afar. */
export function SloChart({ slo, evidence, asOf, zone }: Props) {
  const { width, height, plot, zero, lines, area, marks, ticks, rules, point, fan } = prepareChart(slo, evidence, asOf)
  const marked = marks.map(({ label }) => label).join(', ')
  return (
    <svg
      className={`rv-chart is-${slo.state}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Budget left over ${slo.window}: ${leftText(slo.remaining)} % now${marked ? `, marked: ${marked}` : ''}`}
    >
      <rect
        x={plot.left}
        y={zero}
        width={plot.right - plot.left}
        height={plot.bottom - zero}
        fill="var(--exhausted-mark)"
        opacity=".13"
      />
      {rules.map(({ y, text, strong }) => (
        <g key={text}>
          <path
            d={`M${plot.left} ${y}H${plot.right}`}
            stroke={strong ? 'var(--text)' : 'var(--line-2)'}
            strokeWidth={strong ? 3 : 2}
          />
          <text x={plot.left - 14} y={y + 8} textAnchor="end" className={strong ? 'rv-strong' : ''}>
            {text}
          </text>
        </g>
      ))}
      {marks.map(({ key, from, to, kind, label, x, anchor }, i) => (
        <g key={key}>
          {to - from > 6 ? (
            <rect x={from} y={plot.top} width={to - from} height={plot.bottom - plot.top} fill="var(--ink)" opacity=".13" />
          ) : (
            <path
              d={`M${from} ${plot.top}V${plot.bottom}`}
              stroke={kind === 'release' ? 'var(--accent)' : 'var(--text-3)'}
              strokeWidth="2"
              strokeDasharray="3 5"
            />
          )}
          {label ? (
            <text x={x} y={plot.top - 12} textAnchor={anchor} className={i < marks.length - 1 ? 'rv-older' : ''}>
              {label}
            </text>
          ) : null}
        </g>
      ))}
      {area.map((d) => (
        <path key={d} d={d} fill="var(--accent)" opacity=".13" />
      ))}
      {lines.map((d) => (
        <path key={d} d={d} fill="none" stroke="var(--accent)" strokeWidth="5" strokeLinejoin="round" strokeLinecap="round" />
      ))}
      {fan ? (
        <>
          <path d={fan.area} fill="var(--m)" opacity=".18" />
          <path d={fan.line} stroke="var(--m)" strokeWidth="4" strokeDasharray="9 7" fill="none" />
        </>
      ) : null}
      {point ? <circle cx={point.x} cy={point.y} r="9" fill="var(--m)" stroke="var(--bg)" strokeWidth="3" /> : null}
      {ticks.map(({ at, x, now }) => (
        <text key={at} x={x} y={height - 6} textAnchor="middle" className={now ? 'rv-strong' : ''}>
          {now ? 'now' : shortDay(dayText(at, asOf, zone))}
        </text>
      ))}
    </svg>
  )
}

/** 22 Jun: the weekday has no room. */
const shortDay = (day: string): string => day.split(' ').slice(1, 3).join(' ')
