import { seeded } from './known-truth'

/**
 * Services of every kind whose events are counted second by second while their metrics are made. Pods restart, scrapes
 * jitter and go missing; troubles come in stretches of whole minutes. For tests.
 */
export type CountedWorld = {
  openMetrics: string
  /** events of a series' name and labels after `from` and up to `to`, by counting; labels that are not named are added up */
  count: (metric: string, labels: Record<string, string>, from: number, to: number) => number
  /** whether trouble reigns in the minute that ends at `ts` */
  troubled: (ts: number) => boolean
}

const PODS = ['a', 'b', 'c']
const SCRAPE = 15
type Counter = { metric: string; labels: Record<string, string>; perSecond: Float64Array; value: number; points: string[] }
type Gauge = { metric: string; points: string[] }

export function countedWorld({ from, seconds, seed }: { from: number; seconds: number; seed: number }): CountedWorld {
  const random = seeded(seed)
  const all: Counter[] = []
  const gauges: Record<'probe_success' | 'sync_ratio' | 'last_success_timestamp_seconds', Gauge> = {
    probe_success: { metric: 'probe_success', points: [] },
    sync_ratio: { metric: 'sync_ratio', points: [] },
    last_success_timestamp_seconds: { metric: 'last_success_timestamp_seconds', points: [] },
  }
  const troubles = [0.15, 0.5, 0.85].map((share) => Math.floor((seconds * share) / 60) * 60)
  const isTroubled = (second: number) => troubles.some((start) => second > start && second <= start + 20 * 60)
  PODS.forEach((pod, p) => {
    const counters = new Map<string, Counter>()
    const add = (metric: string, labels: Record<string, string>, second: number, by: number) => {
      const key = `${metric} ${JSON.stringify(labels)}`
      let counter = counters.get(key)
      if (!counter) {
        counter = { metric, labels: { pod, ...labels }, perSecond: new Float64Array(seconds + 1), value: 0, points: [] }
        counters.set(key, counter)
      }
      counter.perSecond[second] = (counter.perSecond[second] ?? 0) + by
      counter.value += by
    }
    let nextScrape = p * 4
    for (let second = 0; second <= seconds; second += 1) {
      if ([0.3, 0.55, 0.8].some((share, i) => i === p && second === Math.floor(seconds * share) + 137))
        for (const counter of counters.values()) counter.value = 0
      happen(second, isTroubled(second), random, (metric, labels, by) => add(metric, labels, second, by))
      if (second < nextScrape) continue
      nextScrape = second + SCRAPE + Math.round((random() - 0.5) * 2)
      if (p === 1 && [0.25, 0.65].some((share) => second >= seconds * share && second < seconds * share + 600)) continue
      const at = (from + second + random() * 0.9).toFixed(3)
      for (const counter of counters.values()) counter.points.push(`${counter.value} ${at}`)
      if (p !== 0) continue
      gauges.probe_success.points.push(`${isTroubled(second) ? 0 : 1} ${at}`)
      gauges.sync_ratio.points.push(`${isTroubled(second) ? 0.5 : 0.9} ${at}`)
      gauges.last_success_timestamp_seconds.points.push(`${from + lastSuccess(second, troubles)} ${at}`)
    }
    all.push(...counters.values())
  })
  return {
    openMetrics: textOf(all, Object.values(gauges)),
    count: (metric, labels, start, end) =>
      all
        .filter((counter) => counter.metric === metric && Object.entries(labels).every(([k, v]) => counter.labels[k] === v))
        .reduce((sum, { perSecond }) => sum + perSecond.subarray(start - from + 1, end - from + 1).reduce((a, b) => a + b, 0), 0),
    troubled: (ts) => isTroubled(ts - from),
  }
}

/** A run every minute that succeeds unless in trouble: the second of the newest success. */
function lastSuccess(second: number, troubles: number[]): number {
  const minute = Math.floor(second / 60) * 60
  const start = troubles.find((trouble) => minute > trouble && minute <= trouble + 20 * 60)
  return start ?? minute
}

type Add = (metric: string, labels: Record<string, string>, by: number) => void

/** What one pod does in one second: in trouble half of everything goes wrong, otherwise one in a hundred. */
function happen(second: number, trouble: boolean, random: () => number, add: Add): void {
  const wrong = trouble ? 0.5 : 0.01
  const volume = 10 + Math.floor(5 * Math.sin(second / 700)) + Math.floor(random() * 5)
  for (let i = 0; i < volume; i += 1) {
    const bad = random() < wrong
    add('http_requests_total', { route: '/pay', status: bad ? (random() < 0.5 ? '500' : '504') : '200' }, 1)
    const took = bad ? 1.5 : random() < 0.9 ? 0.2 : 0.8
    for (const [metric, one] of [
      ['classic_seconds', '1'],
      ['modern_seconds', '1.0'],
    ] as const) {
      for (const le of ['0.3', one, '+Inf'])
        add(`${metric}_bucket`, { route: '/pay', le }, le === '+Inf' || took <= Number(le) ? 1 : 0)
      add(`${metric}_count`, { route: '/pay' }, 1)
    }
    add('responses_total', { quality: bad ? 'degraded' : 'full' }, 1)
    add('batch_runs_total', { outcome: bad ? 'late' : 'done' }, 1)
    add('records_expected_total', {}, 1)
    add('records_processed_total', {}, bad ? 0 : 1)
  }
  // Probes never fail and are never slow: who counted them would think better of the service.
  for (const metric of ['classic_seconds', 'modern_seconds']) add(`${metric}_count`, { route: '/health' }, 2)
  for (const [metric, one] of [
    ['classic_seconds', '1'],
    ['modern_seconds', '1.0'],
  ] as const)
    for (const le of ['0.3', one, '+Inf']) add(`${metric}_bucket`, { route: '/health', le }, 2)
  add('http_requests_total', { route: '/health', status: '200' }, 2)
  add('events_total', {}, trouble ? 1 : 20)
}

function textOf(counters: Counter[], gauges: Gauge[]): string {
  const families = new Map<string, string[]>()
  for (const { metric, labels, points } of counters) {
    const text = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
    const lines = families.get(metric) ?? []
    lines.push(...points.map((point) => `${metric}{${text.join()}} ${point}`))
    families.set(metric, lines)
  }
  for (const { metric, points } of gauges)
    families.set(
      metric,
      points.map((point) => `${metric} ${point}`),
    )
  return `${[...families.values()].map((lines) => lines.join('\n')).join('\n')}\n# EOF\n`
}
