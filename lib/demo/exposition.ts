import type { UnixSeconds } from '../time-series/units'
import type { Recorder } from './recorder'

const familyOf = (metric: string) => metric.replace(/_(bucket|sum|count)$/, '')

/** What a scrape at this instant sees, in the text format of Prometheus. */
export function exposition(recorder: Recorder, at: UnixSeconds): string {
  const families = new Map<string, { type: string; lines: string[] }>()
  for (const i of recorder.visible(at)) {
    const series = recorder.series[i]
    if (!series) continue
    const name = familyOf(series.metric)
    const type = name === series.metric ? series.kind : 'histogram'
    const family = families.get(name) ?? { type, lines: [] }
    family.lines.push(`${series.text} ${recorder.values[i]}`)
    families.set(name, family)
  }
  return `${[...families].map(([name, { type, lines }]) => `# TYPE ${name} ${type}\n${lines.join('\n')}`).join('\n')}\n`
}
