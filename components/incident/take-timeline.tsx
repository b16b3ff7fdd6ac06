'use client'
import { badShareCsv } from '@/components/charts/chart-csv'
import { ChartExport } from '@/components/charts/chart-export'
import { instantText } from '@/lib/format-time'
import type { IncidentChart } from '@/lib/incident/chart'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What went wrong minute by minute, as a picture or as its points. */
export const TakeTimeline = ({ chart, now }: { chart: IncidentChart; now: UnixSeconds }) => (
  <ChartExport
    name="Bad share"
    of={`${chart.service}, ${chart.name}`}
    note={`% of what was counted; ${instantText(chart.from, now)} to ${instantText(chart.to, now)} UTC, as of ${instantText(now, now)} UTC`}
    csv={() => badShareCsv(chart.points)}
  />
)
