'use client'

import { Line, LineChart, ReferenceLine, ResponsiveContainer } from 'recharts'
import { countText, sliText, targetText } from '@/lib/format'
import type { Ratio } from '@/lib/time-series/units'
import { background, type ChartProps, LineNames, MARGIN, timeAxis, valueAxis } from './chart-parts'
import { ninesLabel, ninesOf, ninesTicks } from './nines'
import type { HistoryRow } from './prepare-history'
import { readoutOf } from './readout'

export type SliChartProps = ChartProps & {
  rows: HistoryRow[]
  domain: [number, number]
  target: Ratio
  /** events or minutes */
  unit: string
  label: string
}

/** The SLI of each step on a nines scale; the target is a line, a gap is a gap. */
export default function SliChart(props: SliChartProps) {
  const { rows, axis, domain, target, unit, narrow } = props
  const scale = { domain, ticks: ninesTicks(domain) }
  const words = (row: HistoryRow): string =>
    row.sli === null ? 'no data' : `${sliText(row.sli)} % of ${countText(row.total ?? 0)} ${unit}`
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={rows} margin={MARGIN} syncId="slo-history" syncMethod="value" title={props.label}>
        {background(props)}
        {timeAxis(props)}
        {valueAxis(scale, ninesLabel)}
        {readoutOf(props.readout, axis.now, words)}
        <ReferenceLine
          segment={[
            { x: axis.from, y: ninesOf(target) },
            { x: axis.now, y: ninesOf(target) },
          ]}
          stroke="var(--text-3)"
          strokeDasharray="2 3"
        />
        <Line
          dataKey="nines"
          type="linear"
          stroke="var(--accent)"
          strokeWidth={1.25}
          dot={false}
          activeDot={{ r: 3, fill: 'var(--accent)', stroke: 'var(--surface)' }}
          isAnimationActive={false}
        />
        <LineNames
          at={axis.now}
          names={[{ y: ninesOf(target), text: narrow ? targetText(target) : `${targetText(target)} target` }]}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
