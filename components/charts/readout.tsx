import { Tooltip } from 'recharts'
import { instantText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { CURSOR } from './chart-parts'
import type { HistoryRow } from './prepare-history'

type Shown = { active?: boolean; payload?: readonly { payload?: unknown }[] }

/** Writes the values under the cursor beside the chart's title: nothing covers the lines, nothing moves. */
export function readoutOf(place: HTMLElement | null, now: UnixSeconds, words: (row: HistoryRow) => string) {
  const content = ({ active, payload }: Shown) => {
    const row = payload?.[0]?.payload as HistoryRow | undefined
    if (!active || !row || row.ts > now) return null
    return (
      <>
        <b>{words(row)}</b> {instantText(row.ts, now)}
      </>
    )
  }
  return <Tooltip key="readout" portal={place} content={content} cursor={CURSOR} isAnimationActive={false} />
}
