import type { Counts } from '../slo/counts'
import type { UnixSeconds } from '../time-series/units'
import type { Measurement } from './measure'
import type { Sample } from './samples'

/** What one measured stretch adds to an SLO. */
export type Progress = {
  samples: Sample[]
  end: Counts
  /** start of the first and end of the newest measured step; `null` when nothing was measured */
  firstMeasured: UnixSeconds | null
  lastMeasured: UnixSeconds | null
  goodOverTotal: UnixSeconds | null
}

/**
 * Carries the cumulative counters on, one reading per step. A step without data repeats the last reading. Before the first
 * data of all only the end is kept, to go on from: a missing reading means zero.
 */
export function accumulate(sloId: number, start: Counts, { instants, readings }: Measurement, step: number): Progress {
  const progress: Progress = { samples: [], end: start, firstMeasured: null, lastMeasured: null, goodOverTotal: null }
  const slots = readings.get(sloId) ?? []
  let { good, total, measured } = start
  instants.forEach((ts, i) => {
    const slot = slots[i]
    if (slot) {
      good += slot.good
      total += slot.total
      measured += step / 60
      progress.firstMeasured ??= ts - step
      progress.lastMeasured = ts
      if (slot.goodOverTotal) progress.goodOverTotal = ts
    }
    if (measured > 0 || i === instants.length - 1) progress.samples.push({ sloId, ts, good, total, measured })
  })
  progress.end = { good, total, measured }
  return progress
}
