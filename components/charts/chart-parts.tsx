import type { ReactNode } from 'react'
import { CartesianGrid, ReferenceArea, ReferenceLine, useXAxisScale, useYAxisScale, XAxis, YAxis, ZIndexLayer } from 'recharts'
import type { Annotation } from '@/lib/ledger/annotation'
import type { HistoryRange, SloHistory } from '@/lib/slo/detail'
import type { Scale } from './prepare-scales'
import { type TimeAxis, tickText } from './prepare-time-axis'
import { spreadLabels } from './spread-labels'

/** What the three charts share: one time axis, the same margins, gaps and the line of now. */

export const MARGIN = { top: 6, right: 2, bottom: 0, left: 0 }
export const CURSOR = { stroke: 'var(--text-2)', strokeWidth: 1 }
/** Words lie over lines and grounds. */
const WORDS = 2_500
const TICK = { fill: 'var(--text-3)', fontSize: 12 }

export type ChartProps = {
  axis: TimeAxis
  range: HistoryRange
  gaps: SloHistory['gaps']
  exclusions: SloHistory['exclusions']
  annotations: Annotation[]
  /** the last chart of the stack carries the words of the time axis */
  showTime: boolean
  narrow: boolean
  /** where the values under the cursor are written */
  readout: HTMLElement | null
}

/** Not components: Recharts finds axes and areas among the direct children of a chart. */
export function timeAxis({ axis, range, showTime }: ChartProps): ReactNode {
  return (
    <XAxis
      key="time"
      dataKey="ts"
      type="number"
      scale="linear"
      domain={[axis.from, axis.end]}
      allowDataOverflow
      ticks={showTime ? [...axis.ticks, axis.now].sort((a, b) => a - b) : axis.ticks}
      tickFormatter={(at: number) => tickText(at, range, axis.now)}
      tick={showTime ? TICK : false}
      tickLine={false}
      axisLine={{ stroke: 'var(--line)' }}
      height={showTime ? 24 : 1}
      interval="equidistantPreserveStart"
    />
  )
}

export function valueAxis(scale: Scale, format: (value: number) => string, logarithmic = false): ReactNode {
  return (
    <YAxis
      key="value"
      type="number"
      scale={logarithmic ? 'log' : 'linear'}
      domain={scale.domain}
      allowDataOverflow
      ticks={scale.ticks}
      tickFormatter={format}
      tick={TICK}
      tickLine={false}
      axisLine={false}
      width={46}
      interval={0}
    />
  )
}

export function background({ axis, gaps, exclusions, annotations }: ChartProps): ReactNode {
  return [
    <CartesianGrid key="grid" stroke="var(--line)" />,
    <ReferenceArea key="future" x1={axis.now} x2={axis.end} fill="var(--bg)" fillOpacity={0.55} stroke="none" />,
    ...gaps.map((gap) => (
      <ReferenceArea
        key={gap.from}
        x1={gap.from}
        x2={gap.to}
        fill="url(#chart-no-data)"
        fillOpacity={1}
        stroke="none"
        ifOverflow="hidden"
      />
    )),
    ...exclusions.map(({ from, to }) => (
      <ReferenceArea
        key={`excluded-${from}`}
        x1={from}
        x2={to}
        fill="url(#chart-excluded)"
        fillOpacity={1}
        stroke="none"
        ifOverflow="hidden"
      />
    )),
    ...annotations
      .filter(({ kind }) => kind === 'incident' || kind === 'dependency')
      .map(({ kind, id, from, to }) => (
        <ReferenceArea
          key={`${kind}-${id}-${from}`}
          x1={Math.max(from, axis.from)}
          x2={Math.min(to ?? axis.now, axis.now)}
          fill="var(--ink)"
          fillOpacity={kind === 'incident' ? 0.1 : 0.05}
          stroke="none"
          ifOverflow="hidden"
        />
      )),
    ...annotations
      .filter(({ kind, from }) => kind === 'release' && from > axis.from)
      .map(({ id, from }) => <ReferenceLine key={`release-${id}`} x={from} stroke="var(--accent)" strokeOpacity={0.4} />),
    <ReferenceLine key="now" x={axis.now} stroke="var(--text)" strokeWidth={1} />,
  ]
}

/** Names of horizontal lines, right of now and never over each other. */
export function LineNames({ at, names }: { at: number; names: { y: number; text: string; strong?: boolean }[] }) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  if (!x || !y) return null
  const left = Number(x(at)) + 8
  const places = spreadLabels(
    names.map((name) => Number(y(name.y)) + 4),
    14,
  )
  return (
    <ZIndexLayer zIndex={WORDS}>
      {names.map((name, i) => (
        <text key={name.text} x={left} y={places[i]} className={name.strong ? 'chart-name chart-name-strong' : 'chart-name'}>
          {name.text}
        </text>
      ))}
    </ZIndexLayer>
  )
}

/** A note at one instant, kept inside the plot. */
/** `side`: where the words lie; `middle` of their instant, or before or after it. */
type NoteProps = { ts: number; value: number; lines: string[]; side: 'start' | 'middle' | 'end'; strong?: boolean }
export function Note({ ts, value, lines, side, strong = false }: NoteProps) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  if (!x || !y) return null
  return (
    <ZIndexLayer zIndex={WORDS}>
      {lines.map((line, i) => (
        <text
          key={line}
          x={Number(x(ts)) + { start: 10, middle: -4, end: -8 }[side]}
          y={Math.max(16, Number(y(value)) - 8) + i * 15 - (strong ? (lines.length - 1) * 15 : 0)}
          textAnchor={side}
          className={strong && i === 0 ? 'chart-name chart-name-strong' : 'chart-name'}
        >
          {line}
        </text>
      ))}
    </ZIndexLayer>
  )
}
