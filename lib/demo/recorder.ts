import { planOf } from '../slo/measurement-plan'
import { isSliced } from '../slo/one-shot'
import type { Seconds, UnixSeconds } from '../time-series/units'
import { chance, keyOf } from './chance'
import { Faults } from './faults'
import type { DemoService } from './service'
import type { SeriesSpec, Signal } from './signal'

const DEPLOY_EVERY = 6 * 86_400

/** All signals, those that need every minute, or the others. */
export type Grain = 'all' | 'fine' | 'coarse'
type RecordedSignal = { signal: Signal; first: number }

export type RecordedSeries = SeriesSpec & { service: string; text: string }

/**
 * The values that the services of the demo expose, moved forward in steps. A deploy sets the counters of a service back
 * to zero; an answer that was never given is not exposed, as client libraries do.
 */
export class Recorder {
  readonly series: RecordedSeries[]
  readonly values: Float64Array
  private readonly parts: { service: DemoService; key: number; signals: Record<Grain, RecordedSignal[]> }[] = []

  constructor(
    services: DemoService[],
    private readonly faults: Faults = new Faults(),
  ) {
    this.series = []
    for (const service of services) {
      const signals: Record<Grain, RecordedSignal[]> = { all: [], fine: [], coarse: [] }
      const sliced = slicedIndicators(service)
      service.signals.forEach((signal) => {
        const recorded = { signal, first: this.series.length }
        signals.all.push(recorded)
        signals[signal.series.some(({ metric }) => sliced.includes(metric)) ? 'fine' : 'coarse'].push(recorded)
        for (const spec of signal.series) this.series.push({ ...spec, service: service.slug, text: seriesText(spec) })
      })
      this.parts.push({ service, key: keyOf(service.slug), signals })
    }
    this.values = new Float64Array(this.series.length)
  }

  /** Adds what happened in (at − step, at] to these signals. */
  advance(at: UnixSeconds, step: Seconds, which: Grain = 'all'): void {
    for (const { service, key, signals } of this.parts) {
      if (service.from !== undefined && at <= service.from) continue
      if (signals[which].length === 0) continue
      const deployed = deploysOf(key, at) !== deploysOf(key, at - step)
      for (const recorded of signals[which]) {
        if (deployed) this.reset(recorded)
        this.add(recorded, at, step, this.faults.shareOf(service.slug, at))
      }
    }
  }

  /** What a fault takes goes from the requests that would have been answered to those that fail. */
  private add({ signal, first }: RecordedSignal, at: UnixSeconds, step: Seconds, broken: number): void {
    const answered = broken > 0 ? statusIndex(signal, '200') : -1
    const failed = statusIndex(signal, '500')
    const before = this.values[first + answered] ?? 0
    signal.add(at, step, this.values, first)
    if (answered < 0 || failed < 0) return
    const taken = Math.round(((this.values[first + answered] ?? 0) - before) * broken)
    this.values[first + answered] = (this.values[first + answered] ?? 0) - taken
    this.values[first + failed] = (this.values[first + failed] ?? 0) + taken
  }

  private reset({ first, signal }: RecordedSignal): void {
    signal.series.forEach(({ kind }, i) => {
      if (kind === 'counter') this.values[first + i] = 0
    })
  }

  /** Indexes of the series that a scrape at this instant would see. */
  *visible(at: UnixSeconds, which: Grain = 'all'): Generator<number> {
    for (const { service, signals } of this.parts) {
      if (service.from !== undefined && at <= service.from) continue
      if (service.until !== undefined && at > service.until) continue
      if (service.unscraped?.(at)) continue
      for (const { first, signal } of signals[which])
        for (let i = first; i < first + signal.series.length; i += 1)
          if (this.values[i] !== 0 || startsAtZero(this.series[i])) yield i
    }
  }
}

const statusIndex = ({ series }: Signal, status: string): number =>
  series.findIndex(({ metric, labels }) => metric === 'http_requests_total' && labels.status === status)

/** Slices are minutes, also those of long ago: what they are judged by has to be recorded by the minute. */
const slicedIndicators = ({ slos }: DemoService): string =>
  slos
    .filter(({ indicator, method = 'occurrences' }) => isSliced(planOf(indicator), { method, sliceTarget: null }))
    .map(({ indicator }) => JSON.stringify(indicator))
    .join()

/** Careful programs begin their counters at zero, except those of errors that nobody has seen yet. */
const startsAtZero = (series: RecordedSeries | undefined): boolean =>
  series?.kind === 'counter' && (series.labels.status === undefined || series.labels.status === '200')

/** How many deploys a service has had: each begins its counters anew. */
const deploysOf = (key: number, at: UnixSeconds) => Math.floor((at + chance(key, 1) * DEPLOY_EVERY) / DEPLOY_EVERY)

/** When the counters of a service began anew, and how many times they had by then. */
export function deploysBetween(slug: string, from: UnixSeconds, to: UnixSeconds): { at: UnixSeconds; number: number }[] {
  const key = keyOf(slug)
  const shift = chance(key, 1) * DEPLOY_EVERY
  return Array.from({ length: deploysOf(key, to) - deploysOf(key, from) }, (_, i) => {
    const number = deploysOf(key, from) + i + 1
    return { at: Math.ceil(number * DEPLOY_EVERY - shift), number }
  })
}

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
