import { ceilTo, DAY, floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import type { Recorder } from './recorder'

/** Minutes for the newest two days, where the portal keeps minutes; five minutes before. */
const FINE = 2 * DAY + HOUR
/** One file becomes one block of Prometheus: three levels of its two-hour blocks. */
export const BLOCK = 162 * HOUR

/**
 * What Prometheus would hold had it scraped the demo from `from` to `to`, as OpenMetrics texts of one block each, oldest
 * first. Values are those a scrape at that instant would have seen; the recorder is left as it stands at `to`.
 */
export function* historyTexts(recorder: Recorder, from: UnixSeconds, to: UnixSeconds): Generator<string> {
  const fineFrom = floorTo(to - FINE, 5 * MINUTE)
  let at = ceilTo(from, from < fineFrom ? 5 * MINUTE : MINUTE)
  while (at < to) {
    const stepAt = () => (at < fineFrom ? 5 * MINUTE : MINUTE)
    const block = floorTo(at + stepAt(), BLOCK)
    const points: string[][] = recorder.series.map(() => [])
    for (let step = stepAt(); at < to && at + step < block + BLOCK; step = stepAt()) {
      at += step
      recorder.advance(at, step)
      for (const i of recorder.visible(at)) points[i]?.push(`${recorder.series[i]?.text} ${recorder.values[i]} ${at}\n`)
    }
    yield `${points.map((lines) => lines.join('')).join('')}# EOF\n`
  }
}
