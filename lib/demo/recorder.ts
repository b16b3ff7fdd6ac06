import type { Seconds, UnixSeconds } from '../time-series/units'
import { chance, keyOf } from './chance'
import type { DemoService } from './service'
import type { SeriesSpec } from './signal'

const DEPLOY_EVERY = 6 * 86_400
const GAP_EVERY = 11 * 86_400
const GAP = 25 * 60

export type RecordedSeries = SeriesSpec & { service: string; text: string }

/**
 * The values that the services of the demo expose, moved forward in steps. A deploy sets the counters of a service back
 * to zero; an answer that was never given is not exposed, as client libraries do.
 */
export class Recorder {
  readonly series: RecordedSeries[]
  readonly values: Float64Array
  private readonly parts: { service: DemoService; key: number; first: number; signals: { first: number; index: number }[] }[] = []

  constructor(services: DemoService[]) {
    this.series = []
    for (const service of services) {
      const part = {
        service,
        key: keyOf(service.slug),
        first: this.series.length,
        signals: [] as { first: number; index: number }[],
      }
      service.signals.forEach((signal, index) => {
        part.signals.push({ first: this.series.length, index })
        for (const spec of signal.series) this.series.push({ ...spec, service: service.slug, text: seriesText(spec) })
      })
      this.parts.push(part)
    }
    this.values = new Float64Array(this.series.length)
  }

  /** Adds what happened in (at − step, at]. */
  advance(at: UnixSeconds, step: Seconds): void {
    for (const { service, key, first, signals } of this.parts) {
      if (service.from !== undefined && at <= service.from) continue
      if (deploysOf(key, at) !== deploysOf(key, at - step)) this.reset(first, service)
      for (const { first: start, index } of signals) service.signals[index]?.add(at, step, this.values, start)
    }
  }

  private reset(first: number, service: DemoService): void {
    const count = service.signals.reduce((sum, signal) => sum + signal.series.length, 0)
    for (let i = first; i < first + count; i += 1) if (this.series[i]?.kind === 'counter') this.values[i] = 0
  }

  /** Indexes of the series that a scrape at this instant would see. */
  *visible(at: UnixSeconds): Generator<number> {
    for (const { service, key, first, signals } of this.parts) {
      if (service.from !== undefined && at <= service.from) continue
      if (service.until !== undefined && at > service.until) continue
      if (isUnscraped(key, at) || service.unscraped?.(at)) continue
      const last = signals.at(-1)
      const end = last ? last.first + (service.signals[last.index]?.series.length ?? 0) : first
      for (let i = first; i < end; i += 1) if (this.values[i] !== 0 || startsAtZero(this.series[i])) yield i
    }
  }
}

/** Careful programs begin their counters at zero, except those of errors that nobody has seen yet. */
const startsAtZero = (series: RecordedSeries | undefined): boolean =>
  series?.kind === 'counter' && (series.labels.status === undefined || series.labels.status === '200')

/** How many deploys a service has had: each begins its counters anew. */
const deploysOf = (key: number, at: UnixSeconds) => Math.floor((at + chance(key, 1) * DEPLOY_EVERY) / DEPLOY_EVERY)

/** Now and then a service is not scraped for 25 minutes. */
const isUnscraped = (key: number, at: UnixSeconds) => (at + Math.floor(chance(key, 2) * GAP_EVERY)) % GAP_EVERY < GAP

const seriesText = ({ metric, labels }: SeriesSpec): string =>
  `${metric}{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`

/** The values by series, to go on elsewhere. */
export const valuesOf = ({ series, values }: Recorder): Record<string, number> =>
  Object.fromEntries(series.map(({ text }, i) => [text, values[i] ?? 0]))

export function restore(recorder: Recorder, values: Record<string, number>): void {
  recorder.series.forEach(({ text }, i) => {
    recorder.values[i] = values[text] ?? 0
  })
}
