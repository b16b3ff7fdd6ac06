import type { TestSeries } from '../prometheus/test-blocks'

/** What really happened: events after `from` and up to `to`, by counting. Instants are whole grains of the world. */
export type Counted = { total: number; bad: number }
export type Truth = (from: number, to: number) => Counted

/** A span of unix seconds: after the first, up to the second. */
export type Span = [after: number, to: number]
export const within = ([after, to]: Span, at: number): boolean => at > after && at <= to

export type Pod = {
  name: string
  /** it runs only then */
  runs?: Span
  /** instants at which its counters begin anew */
  restarts?: number[]
  /** scrapes in here are missed */
  unscraped?: Span[]
}

export type Service = {
  /** value of the label `world` of all its series */
  world: string
  from: number
  to: number
  /** seconds in which events are counted, and between scrapes */
  grain: number
  scrape: number
  /** seconds by which the scrape of a pod is off; none: scrapes stand on whole multiples */
  offset?: (pod: number, scrape: number) => number
  pods: Pod[]
  /** events a second of one pod, and the share of them that are bad */
  rate: (at: number, pod: string) => number
  bad: (at: number, pod: string) => number
  /** what a pod exposes of `total` events of which `bad` are: by metric and labels, what each counter grows by */
  exposes?: (total: number, bad: number, at: number, pod: string) => Record<string, number>
  /** at `at`, what was exposed under one name goes on under another; `carriesOn`: with its value, else from zero */
  renamed?: { at: number; name: (key: string) => string; carriesOn: boolean }
}

const requests = (total: number, bad: number): Record<string, number> => ({
  'requests_total{code="200"': total - bad,
  // A client library exposes what it has counted: a series of errors is born with the first one.
  ...(bad > 0 && { 'requests_total{code="500"': bad }),
})

type Counter = TestSeries & { value: number }

/** Runs a service, second by second or minute by minute, and says what was scraped of it and what happened. */
export function counted(service: Service): { series: TestSeries[]; truth: Truth } {
  const { from, to, grain } = service
  const totals = new Float64Array((to - from) / grain + 1)
  const bads = new Float64Array((to - from) / grain + 1)
  const series = service.pods.flatMap((pod, index) => runPod(service, pod, index, { totals, bads }))
  for (let i = 1; i < totals.length; i += 1) {
    totals[i] = (totals[i] ?? 0) + (totals[i - 1] ?? 0)
    bads[i] = (bads[i] ?? 0) + (bads[i - 1] ?? 0)
  }
  const between = (counts: Float64Array, start: number, end: number) =>
    (counts[Math.max(0, (end - from) / grain)] ?? Number.NaN) - (counts[Math.max(0, (start - from) / grain)] ?? Number.NaN)
  return { series, truth: (start, end) => ({ total: between(totals, start, end), bad: between(bads, start, end) }) }
}

type Counts = { totals: Float64Array; bads: Float64Array }

function runPod(service: Service, pod: Pod, index: number, { totals, bads }: Counts): TestSeries[] {
  const { from, to, grain, world, exposes = requests, renamed } = service
  const [begins, ends] = pod.runs ?? [from, to]
  const all: Counter[] = []
  const open = new Map<string, Counter>()
  const counterOf = (key: string, at: number, value = 0): Counter => {
    const name = renamed && at >= renamed.at ? renamed.name(key) : key
    const counter = { value, at: [], values: [], name: `${name},world="${world}",pod="${pod.name}"}` }
    all.push(counter)
    open.set(key, counter)
    return counter
  }
  const scrapes = scrapesOf(service, pod, index)
  let [events, failures, next] = [0, 0, 0]
  for (let at = from + grain; at <= to; at += grain) {
    if (pod.restarts?.includes(at)) for (const counter of open.values()) counter.value = 0
    if (at === renamed?.at) for (const [key, { value }] of [...open]) counterOf(key, at, renamed.carriesOn ? value : 0)
    if (at > begins && at <= ends) {
      events += service.rate(at, pod.name) * grain
      const total = Math.floor(events)
      events -= total
      failures += total * service.bad(at, pod.name)
      const bad = Math.min(total, Math.floor(failures))
      failures -= bad
      const slot = (at - from) / grain
      totals[slot] = (totals[slot] ?? 0) + total
      bads[slot] = (bads[slot] ?? 0) + bad
      for (const [key, by] of Object.entries(exposes(total, bad, at, pod.name))) (open.get(key) ?? counterOf(key, at)).value += by
    }
    while (next < scrapes.length && (scrapes[next] as number) < at + grain) {
      const scraped = scrapes[next] as number
      next += 1
      for (const counter of open.values()) {
        counter.at.push(scraped)
        counter.values.push(counter.value)
      }
    }
  }
  return all
}

/** Instants at which a pod is scraped. One that stopped is not; a scrape at or after `at` sees what happened up to it. */
function scrapesOf({ from, to, scrape, offset }: Service, { runs, unscraped = [] }: Pod, index: number): number[] {
  const found = []
  for (let n = 1, at = from + scrape; at <= to; n += 1, at += scrape) {
    const scraped = at + (offset?.(index, n) ?? 0)
    if (scraped <= from || scraped > to || (runs && !within(runs, scraped))) continue
    if (!unscraped.some((span) => within(span, scraped))) found.push(scraped)
  }
  return found
}

/** A gauge that is 1 or 0. What is measured of it are minutes: those in which it was scraped at all count, wholly. */
export function gauge(
  world: string,
  { from, to, scrape, missed, down }: { from: number; to: number; scrape: number; missed: Span[]; down: (at: number) => boolean },
): { series: TestSeries[]; truth: Truth } {
  const series: TestSeries = { name: `probe_success{world="${world}"}`, at: [], values: [] }
  for (let at = from + scrape; at <= to; at += scrape) {
    if (missed.some((span) => within(span, at))) continue
    series.at.push(at)
    series.values.push(down(at) ? 0 : 1)
  }
  const seen = new Map<number, boolean>()
  for (const at of series.at) seen.set(Math.ceil(at / 60) * 60, down(at))
  return {
    series: [series],
    truth: (start, end) => {
      let [total, bad] = [0, 0]
      for (let minute = start + 60; minute <= end; minute += 60) {
        const was = seen.get(minute)
        if (was === undefined) continue
        total += 1
        if (was) bad += 1
      }
      return { total, bad }
    },
  }
}

/** A stream that has to flow. What is measured of it are minutes as well, and one with less than `floor` events a second is bad. */
export function stream(service: Service, floor: number): { series: TestSeries[]; truth: Truth } {
  const { series, truth } = counted(service)
  const seen = new Set(series.flatMap(({ at }) => at.map((scraped) => Math.ceil(scraped / 60) * 60)))
  return {
    series,
    truth: (start, end) => {
      let [total, bad] = [0, 0]
      for (let minute = start + 60; minute <= end; minute += 60) {
        if (!seen.has(minute)) continue
        total += 1
        if (truth(minute - 60, minute).total < floor * 60) bad += 1
      }
      return { total, bad }
    },
  }
}
