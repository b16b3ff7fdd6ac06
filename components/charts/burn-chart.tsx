'use client'

import { Line, LineChart, ReferenceLine, ResponsiveContainer } from 'recharts'
import { burnText, factorText } from '@/lib/format'
import { background, type ChartProps, LineNames, MARGIN, timeAxis, valueAxis } from './chart-parts'
import type { HistoryRow } from './prepare-history'
import type { Scale } from './prepare-scales'
import { readoutOf } from './readout'

export type BurnChartProps = ChartProps & {
  rows: HistoryRow[]
  scale: Scale
  thresholds: { value: number; name: string }[]
  label: string
}

const LINES = [
  { key: 'y1h', color: 'var(--c-1h)', width: 1 },
  { key: 'y6h', color: 'var(--c-6h)', width: 1.6 },
  { key: 'y24h', color: 'var(--c-24h)', width: 2.4 },
] as const

const words = (row: HistoryRow): string =>
  `1 h ${burnText(row.burn1h)}×  6 h ${burnText(row.burn6h)}×  24 h ${burnText(row.burn24h)}×`

/** Burn over 1, 6 and 24 h on a log scale, so that everyday values stay readable below an outage. */
export default function BurnChart(props: BurnChartProps) {
  const { rows, axis, scale, thresholds, narrow } = props
  const top = scale.ticks.at(-1)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={rows} margin={MARGIN} syncId="slo-history" syncMethod="value" title={props.label}>
        {background(props)}
        {timeAxis(props)}
        {valueAxis(scale, (value) => `${factorText(value)}${value === top ? '×' : ''}`, true)}
        {readoutOf(props.readout, axis.now, words)}
        {thresholds.map(({ value, name }) => (
          <ReferenceLine
            key={name}
            segment={[
              { x: axis.from, y: value },
              { x: axis.now, y: value },
            ]}
            stroke="var(--text-3)"
            strokeDasharray="2 3"
          />
        ))}
        {LINES.map(({ key, color, width }) => (
          <Line
            key={key}
            dataKey={key}
            type="linear"
            stroke={color}
            strokeWidth={width}
            dot={false}
            activeDot={{ r: 3, fill: color, stroke: 'var(--surface)' }}
            isAnimationActive={false}
          />
        ))}
        <LineNames
          at={axis.now}
          names={thresholds.map(({ value, name }) => ({
            y: value,
            text: narrow ? `${factorText(value)}×` : `${factorText(value)} ${name}`,
          }))}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
