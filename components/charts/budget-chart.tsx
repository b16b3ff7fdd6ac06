'use client'

import { Area, ComposedChart, Line, ReferenceArea, ReferenceDot, ReferenceLine, ResponsiveContainer } from 'recharts'
import { floored, leftText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import type { SloHistory } from '@/lib/slo/detail'
import type { StatusPolicy } from '@/lib/slo/status-policy'
import { background, type ChartProps, MARGIN, Note, timeAxis, valueAxis } from './chart-parts'
import type { HistoryRow } from './prepare-history'
import type { Scale } from './prepare-scales'
import type { TimeAxis } from './prepare-time-axis'
import { readoutOf } from './readout'

export type BudgetChartProps = ChartProps & {
  rows: HistoryRow[]
  scale: Scale
  floors: StatusPolicy['floor']
  rises: SloHistory['rises']
  credits: SloHistory['credits']
  /** something is excluded or credited: what was measured is drawn beside what counts */
  corrected: boolean
  left: number | null
  endsAt: number | null
  label: string
}

const percent = (value: number): string => `${floored(value * 100, 0)}${value === 1 ? ' %' : ''}`
/** More notes than this would cover each other; the text and the table name every rise. */
const NOTES = 2

/** The largest rises whose words have room beside each other. */
function notedOf(rises: SloHistory['rises'], { from, now }: TimeAxis): SloHistory['rises'] {
  const chosen: SloHistory['rises'] = []
  for (const rise of [...rises].sort((a, b) => b.points - a.points))
    if (chosen.length < NOTES && chosen.every(({ at }) => Math.abs(at - rise.at) > (now - from) * 0.4)) chosen.push(rise)
  return chosen
}

/** Words near an edge turn away from it. */
function sideOf(at: number, { from, now }: TimeAxis): 'start' | 'middle' | 'end' {
  const share = (at - from) / (now - from)
  return share < 0.25 ? 'start' : share > 0.75 ? 'end' : 'middle'
}

/** Remaining budget over time: signed, with the floors as bands and the way on as a fan. */
export default function BudgetChart(props: BudgetChartProps) {
  const { rows, axis, scale, floors, rises, credits, corrected, left, endsAt, narrow } = props
  const noted = narrow ? [] : notedOf(rises, axis)
  const bands = [
    { from: 0, to: floors.critical, color: 'var(--critical-mark)' },
    { from: floors.critical, to: floors.warning, color: 'var(--warning-mark)' },
    { from: floors.warning, to: floors.attention, color: 'var(--attention-mark)' },
    { from: scale.domain[0], to: 0, color: 'var(--exhausted-mark)' },
  ]
  const valueAt = (ts: number): number => rows.findLast((row) => row.ts <= ts && row.remaining !== null)?.remaining ?? 0
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={rows} margin={MARGIN} syncId="slo-history" syncMethod="value" title={props.label}>
        {background(props)}
        {bands.map((band) => (
          <ReferenceArea key={band.color} y1={band.from} y2={band.to} fill={band.color} fillOpacity={0.07} stroke="none" />
        ))}
        {timeAxis(props)}
        {valueAxis(scale, percent)}
        {readoutOf(props.readout, axis.now, (row) => `${leftText(row.remaining)} % left`)}
        <Area
          dataKey="fan"
          type="linear"
          stroke="none"
          fill="var(--m)"
          fillOpacity={0.13}
          isAnimationActive={false}
          activeDot={false}
          tooltipType="none"
        />
        {corrected ? (
          <Line
            dataKey="measured"
            stroke="var(--text-3)"
            strokeWidth={1.25}
            strokeDasharray="1 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            tooltipType="none"
          />
        ) : null}
        <Area
          dataKey="remaining"
          type="linear"
          baseValue={0}
          stroke="var(--accent)"
          strokeWidth={1.75}
          fill="var(--accent)"
          fillOpacity={0.1}
          isAnimationActive={false}
          activeDot={{ r: 3, fill: 'var(--accent)', stroke: 'var(--surface)' }}
        />
        <Line
          dataKey="projected"
          stroke="var(--m)"
          strokeWidth={1.75}
          strokeDasharray="4 3"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          tooltipType="none"
        />
        <ReferenceLine y={0} stroke="var(--text)" strokeWidth={1.25} />
        {credits.map((credit) => (
          <ReferenceLine key={credit.at} x={credit.at} stroke="var(--accent)" strokeDasharray="3 3" />
        ))}
        {credits.map((credit) => (
          <Note
            key={credit.at}
            ts={credit.at}
            value={valueAt(credit.at)}
            lines={[`+ ${floored(credit.minutes, 1)} min credited`]}
            side={sideOf(credit.at, axis)}
          />
        ))}
        {rises.map((rise) => (
          <ReferenceLine key={rise.at} x={rise.at} stroke="var(--text-3)" strokeDasharray="1 3" />
        ))}
        {noted.map((rise) => (
          <Note
            key={rise.at}
            ts={rise.at}
            value={valueAt(rise.at)}
            lines={[`+${Math.floor(rise.points)}: burn of ${whenText(rise.burnedAt, axis.now)} left the window`]}
            side={sideOf(rise.at, axis)}
          />
        ))}
        {left !== null && <ReferenceDot x={axis.now} y={left} r={4} fill="var(--m)" stroke="var(--surface)" strokeWidth={1.5} />}
        {left !== null && (
          <Note
            ts={axis.now}
            value={left}
            lines={[`${leftText(left)} % left`, ...(endsAt && !narrow ? [`ends ${whenText(endsAt, axis.now)}`] : [])]}
            side={narrow ? 'end' : 'start'}
            strong
          />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}
