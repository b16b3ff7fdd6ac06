import type { Counts } from '../slo/counts'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'

/** Bad ÷ total of each step that ends at `ts`; `null` where nothing was measured or nothing happened. */
export type ChartPoint = { ts: UnixSeconds; ratio: Ratio | null }
export type IncidentChart = {
  sloId: number
  name: string
  service: string
  from: UnixSeconds
  to: UnixSeconds
  step: Seconds
  points: ChartPoint[]
}

/** Steps from cumulative readings, oldest first; where a reading is missing there is a gap. */
export const chartPoints = (readings: (Counts & { ts: UnixSeconds })[], step: Seconds): ChartPoint[] =>
  readings.slice(1).flatMap((reading, i) => {
    const before = readings[i]
    if (!before) return []
    const total = reading.total - before.total
    const known = reading.ts - before.ts === step && reading.measured > before.measured && total > 0
    return [{ ts: reading.ts, ratio: known ? Math.min(1, Math.max(0, (total - (reading.good - before.good)) / total)) : null }]
  })
