import type { Seconds, UnixSeconds } from '../time-series/units'
import { chance, keyOf, occurrences } from './chance'
import { RHYTHMS, type Rhythm, type Shape } from './shape'

export type SeriesSpec = { metric: string; kind: 'counter' | 'gauge'; labels: Record<string, string> }

/** What one part of a service exposes. `add` puts what happened in (at − step, at] on top of `values`, in order of `series`. */
export type Signal = {
  series: SeriesSpec[]
  add: (at: UnixSeconds, step: Seconds, values: Float64Array, first: number) => void
}

const counter = (metric: string, labels: Record<string, string>): SeriesSpec => ({ metric, kind: 'counter', labels })
const bump = (values: Float64Array, index: number, by: number) => {
  values[index] = (values[index] ?? 0) + by
}

/** Bounds of every latency histogram of the demo, seconds. */
export const BUCKETS = [0.05, 0.1, 0.3, 1, 3]

export type HttpTraffic = {
  service: string
  perSecond: number
  rhythm: Rhythm
  /** shares of the traffic */
  routes: Record<string, number>
  instances?: string[]
  /** share of requests answered 500, 504, and 404 */
  failing?: Shape
  timingOut?: Shape
  notFound?: number
  /** share of requests slower than a bound of BUCKETS */
  slow?: { than: number; share: Shape }
}

const STATUSES = ['200', '500', '504', '404'] as const

/** Requests by route and status, probes of /health, and a latency histogram. */
export function httpTraffic(traffic: HttpTraffic): Signal[] {
  const { service, rhythm, perSecond, routes, instances = ['a'] } = traffic
  const volume = (at: UnixSeconds) => (perSecond * RHYTHMS[rhythm](at)) / instances.length
  return instances.flatMap((instance) => [
    ...Object.entries(routes).map(([route, share]) =>
      requests(traffic, { service, instance: `${service}-${instance}`, route }, (at) => volume(at) * share),
    ),
    probes({ service, instance: `${service}-${instance}`, route: '/health', status: '200' }),
    ...(traffic.slow ? [durations({ service, instance: `${service}-${instance}` }, volume, traffic.slow)] : []),
  ])
}

function requests(traffic: HttpTraffic, labels: Record<string, string>, volume: Shape): Signal {
  const key = keyOf(JSON.stringify(labels))
  return {
    series: STATUSES.map((status) => counter('http_requests_total', { ...labels, status })),
    add: (at, step, values, first) => {
      const all = occurrences(volume(at) * step, key, at)
      const failing = traffic.failing?.(at) ?? 0
      // A full outage lets nothing through, not even by chance.
      const failed = failing >= 1 ? all : Math.min(all, occurrences(all * failing, key + 1, at))
      const timedOut = Math.min(all - failed, occurrences(all * (traffic.timingOut?.(at) ?? 0), key + 2, at))
      const missing = Math.min(all - failed - timedOut, occurrences(all * (traffic.notFound ?? 0), key + 3, at))
      bump(values, first, all - failed - timedOut - missing)
      bump(values, first + 1, failed)
      bump(values, first + 2, timedOut)
      bump(values, first + 3, missing)
    },
  }
}

const probes = (labels: Record<string, string>): Signal => ({
  series: [counter('http_requests_total', labels)],
  add: (_at, step, values, first) => bump(values, first, step / 5),
})

function durations(labels: Record<string, string>, volume: Shape, slow: { than: number; share: Shape }): Signal {
  const key = keyOf(`durations ${JSON.stringify(labels)}`)
  const bounds = [...BUCKETS.map(String), '+Inf']
  return {
    series: [
      ...bounds.map((le) => counter('http_request_duration_seconds_bucket', { ...labels, le })),
      counter('http_request_duration_seconds_count', labels),
      counter('http_request_duration_seconds_sum', labels),
    ],
    add: (at, step, values, first) => {
      const all = occurrences(volume(at) * step, key, at)
      const share = slow.share(at)
      let within = 0
      BUCKETS.forEach((bound, i) => {
        // A tail that falls with the square of the bound passes through the share asked for.
        const above = Math.min(0.98, share * (slow.than / bound) ** 2)
        within = Math.max(within, all - Math.min(all, occurrences(all * above, key + 1 + i, at)))
        bump(values, first + i, within)
      })
      bump(values, first + BUCKETS.length, all)
      bump(values, first + BUCKETS.length + 1, all)
      bump(values, first + BUCKETS.length + 2, all * slow.than * 0.4 * (1 + 5 * share))
    },
  }
}

export type Flow = { service: string; perSecond: number; rhythm: Rhythm; lost: Shape; pace?: Shape }

/** A stream of records: expected, processed, and events by result. */
export function flow({ service, perSecond, rhythm, lost, pace }: Flow): Signal[] {
  const key = keyOf(`flow ${service}`)
  const results = ['processed', 'failed'].map((result) => counter('events_total', { service, result }))
  return [
    {
      series: [counter('records_expected_total', { service }), counter('records_processed_total', { service }), ...results],
      add: (at, step, values, first) => {
        const all = occurrences(perSecond * RHYTHMS[rhythm](at) * (pace?.(at) ?? 1) * step, key, at)
        const gone = Math.min(all, occurrences(all * lost(at), key + 1, at))
        bump(values, first, all)
        bump(values, first + 1, all - gone)
        bump(values, first + 2, all - gone)
        bump(values, first + 3, gone)
      },
    },
  ]
}

export type Batches = { service: string; every: Seconds; records: number; late: Shape; lost?: Shape }

/** Runs at whole multiples of `every`: on time or late, the time of the last one, and its records. */
export function batches({ service, every, records, late, lost }: Batches): Signal[] {
  const key = keyOf(`batches ${service}`)
  return [
    {
      series: [
        counter('batch_runs_total', { service, outcome: 'on_time' }),
        counter('batch_runs_total', { service, outcome: 'late' }),
        counter('records_expected_total', { service }),
        counter('records_processed_total', { service }),
        { metric: 'last_success_timestamp_seconds', kind: 'gauge', labels: { service } },
      ],
      add: (at, step, values, first) => {
        const last = Math.floor(at / every) * every
        for (let run = last; run > at - step; run -= every) {
          const isLate = chance(key, run) < late(run)
          bump(values, first + (isLate ? 1 : 0), 1)
          const gone = occurrences(records * (lost?.(run) ?? 0), key + 1, run)
          bump(values, first + 2, records)
          bump(values, first + 3, records - gone)
        }
        // A late run ends half a period after it should.
        const ended = chance(key, last) < late(last) && at < last + every / 2 ? last - every : last
        values[first + 4] = ended
      },
    },
  ]
}

/** Answers by quality: full, or degraded because something optional was missing. */
export function answers(service: string, perSecond: number, rhythm: Rhythm, degraded: Shape): Signal {
  const key = keyOf(`answers ${service}`)
  return {
    series: ['full', 'degraded'].map((quality) => counter('responses_total', { service, quality })),
    add: (at, step, values, first) => {
      const all = occurrences(perSecond * RHYTHMS[rhythm](at) * step, key, at)
      const poor = Math.min(all, occurrences(all * degraded(at), key + 1, at))
      bump(values, first, all - poor)
      bump(values, first + 1, poor)
    },
  }
}

export const gauge = (metric: string, labels: Record<string, string>, value: Shape): Signal => ({
  series: [{ metric, kind: 'gauge', labels }],
  add: (at, _step, values, first) => {
    values[first] = value(at)
  },
})
