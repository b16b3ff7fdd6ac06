import type { Seconds, UnixSeconds } from '../time-series/units'
import { keyOf, occurrences } from './chance'
import { bucketOf, nativeExposition, upperBoundOf } from './native-exposition'
import { RHYTHMS, type Rhythm } from './shape'

/** Durations of one service of the demo, spread log-normally around their median. */
type NativeTraffic = { service: string; perSecond: number; rhythm: Rhythm; median: Seconds; spread: number }

/** Native histograms have no history: `promtool` cannot write one. They begin with the process. */
const TRAFFIC: NativeTraffic[] = [{ service: 'checkout-api', perSecond: 12, rhythm: 'shop', median: 0.09, spread: 0.6 }]
const METRIC = 'http_request_duration_native_seconds'
const LOWEST: Seconds = 0.005
const HIGHEST: Seconds = 8

export class NativeRecorder {
  private readonly buckets = TRAFFIC.map(() => new Map<number, number>())
  private readonly sums = TRAFFIC.map(() => 0)

  /** Adds what happened in (at − step, at]. */
  advance(at: UnixSeconds, step: Seconds): void {
    TRAFFIC.forEach(({ service, perSecond, rhythm, median, spread }, i) => {
      const key = keyOf(`native ${service}`)
      const all = perSecond * RHYTHMS[rhythm](at) * step
      const below = (bucket: number) => normalBelow(Math.log(upperBoundOf(bucket) / median) / spread)
      for (let bucket = bucketOf(LOWEST); bucket <= bucketOf(HIGHEST); bucket += 1) {
        const count = occurrences(all * (below(bucket) - below(bucket - 1)), key + bucket, at)
        if (count === 0) continue
        this.buckets[i]?.set(bucket, (this.buckets[i]?.get(bucket) ?? 0) + count)
        this.sums[i] = (this.sums[i] ?? 0) + count * upperBoundOf(bucket - 0.5)
      }
    })
  }

  exposition(): Buffer {
    const histograms = TRAFFIC.map(({ service }, i) => ({
      labels: { service },
      buckets: this.buckets[i] ?? new Map<number, number>(),
      sum: this.sums[i] ?? 0,
    }))
    return nativeExposition(METRIC, histograms)
  }
}

/** Share of a normal distribution below z (logistic approximation, off by at most 0.02). */
const normalBelow = (z: number): number => 1 / (1 + Math.exp(-1.702 * z))
