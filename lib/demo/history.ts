import { ceilTo, DAY, floorTo, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import type { Grain, Recorder } from './recorder'

/** Minutes for the newest two days, where the portal keeps minutes; before, five minutes for all that needs no more. */
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
    const block = floorTo(at + MINUTE, BLOCK)
    const points: string[][] = recorder.series.map(() => [])
    const record = (step: Seconds, which: Grain) => {
      recorder.advance(at, step, which)
      for (const i of recorder.visible(at, which)) points[i]?.push(`${recorder.series[i]?.text} ${recorder.values[i]} ${at}\n`)
    }
    while (at < to && at + MINUTE < block + BLOCK) {
      at += MINUTE
      if (at > fineFrom) record(MINUTE, 'all')
      else {
        record(MINUTE, 'fine')
        if (at % (5 * MINUTE) === 0) record(5 * MINUTE, 'coarse')
      }
    }
    yield `${points.map((lines) => lines.join('')).join('')}# EOF\n`
  }
}
