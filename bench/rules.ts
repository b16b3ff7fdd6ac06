import { WORKBOOK } from '../lib/alert/presets'
import { isOfHoles, seriesName } from '../lib/conformance/levels'
import type { TestSeries } from '../lib/prometheus/test-blocks'
import { testPrometheus } from '../lib/prometheus/test-server'
import { SERIES } from '../lib/prometheus-rules/names'
import type { RuleGroup } from '../lib/prometheus-rules/rule'
import { rulesOf } from '../lib/prometheus-rules/rules'
import { selectorText } from '../lib/slo/promql'
import type { Portable } from '../lib/slo-as-code/portable'
import { DAY, floorTo, HOUR, MINUTE, toUnix } from '../lib/time-series/units'
import { round } from './numbers'
import { pyrraShape, type Raw, slothShape } from './rule-shapes'

export type Cost = { rules: number; secondsPerMinute: number; samplesPerMinute: number }
export type RuleFigures = {
  slos: number
  rawSeries: number
  days: number
  headroom: Cost
  sloth: Cost
  pyrra: Cost
  ofTheCheaper: number
}

/** Services whose counters all SLOs share; each SLO reads the forty series of one, by a selector of its own. */
const SERVICES = 4
const PODS = 20
const SCRAPE = 30
type Run = { slos: number; days: number }

const ROUNDS = 3
const SHAPES = ['headroom', 'sloth', 'pyrra'] as const
type Shapes<T> = Record<(typeof SHAPES)[number], T>

/**
 * Engine time of three sets of rules for the same SLOs, in one Prometheus, over a month of raw counters scraped every 30 s;
 * series that a set reads of itself have a month of history as well. Seconds per minute. SLO by SLO the sets take turns, so
 * that what else the machine does falls on all of them; of some rounds the one in the middle counts.
 */
export async function measureRules({ slos, days }: Run): Promise<RuleFigures> {
  const now = floorTo(toUnix(new Date()), MINUTE)
  const own = ours(slos)
  const sets = own.map(
    (group, i): Shapes<RuleGroup[]> => ({ headroom: [group], sloth: slothShape(raw(i)), pyrra: pyrraShape(raw(i)) }),
  )
  const prometheus = await testPrometheus(history(sets, now - days * DAY, now))
  try {
    const rounds: (Shapes<Cost> & { share: number })[] = []
    // The first reads everything from the disk for the others, and does not count.
    for (let i = 0; i <= ROUNDS; i += 1) {
      const costs = await oneRound(prometheus.url, sets, now)
      const [headroom, ...others] = SHAPES.map((shape) => costs[shape].secondsPerMinute) as [number, number, number]
      if (i > 0) rounds.push({ ...costs, share: headroom / Math.min(...others) })
    }
    const { share, ...costs } = [...rounds].sort((a, b) => a.share - b.share)[Math.floor(ROUNDS / 2)] as (typeof rounds)[number]
    return { slos, rawSeries: 2 * PODS, days, ...costs, ofTheCheaper: round(share, 3) }
  } finally {
    await prometheus.stop()
  }
}

const serviceOf = (i: number) => `shop-${i % SERVICES}`
const requestsOf = (i: number) => ({
  metric: 'http_requests_total',
  matchers: [
    { label: 'service', op: '=' as const, value: serviceOf(i) },
    { label: 'region', op: '!=' as const, value: `r${i}` },
  ],
})
const FAILED = { label: 'code', op: '=~' as const, value: '5..' }

function raw(i: number): Raw {
  const { metric, matchers } = requestsOf(i)
  return {
    name: `slo-${i}`,
    total: selectorText({ metric, matchers }),
    failed: selectorText({ metric, matchers: [...matchers, FAILED] }),
  }
}

/** The rules of each SLO; those about whole services have no counterpart. */
function ours(slos: number): RuleGroup[] {
  const portable: Portable = {
    services: [{ slug: 'bench', name: 'Bench', description: '', labels: {}, dependencies: [] }],
    slos: Array.from({ length: slos }, (_, i) => ({
      definition: {
        ...{ slug: `slo-${i}`, name: `SLO ${i}`, description: '', service: 'bench', dataSource: 'prometheus', target: 0.999 },
        indicator: { kind: 'availability', requests: requestsOf(i), failed: [FAILED] },
        ...{ method: 'occurrences', sliceTarget: null, window: { kind: 'rolling', days: 30 }, noDataPolicy: 'ignore' },
        ...{ coverageFloor: 0.9, minEvents: 0, gating: false, objectiveGroup: null, labels: {} },
      },
      ...{ alerting: WORKBOOK.settings, scrapeSeconds: SCRAPE, links: { runbook: null, dashboard: null } },
    })),
  }
  return rulesOf(portable).filter(({ name }) => name.split('/').length === 3)
}

const RAW = Array.from({ length: SERVICES * PODS }, (_, i) =>
  (['200', '500'] as const).map((code) => ({
    name: `http_requests_total{service="${serviceOf(i)}",pod="pod-${i}",code="${code}"}`,
    perMinute: code === '200' ? 600 : 0.5,
  })),
).flat()

/** Raw counters, what rules would have recorded of them for as long as others look back, and the last minutes of all else. */
function history(sets: Shapes<RuleGroup[]>[], from: number, to: number): TestSeries[] {
  const instants = (start: number, step: number) => {
    const at = []
    for (let ts = floorTo(start, step) + step; ts <= to; ts += step) at.push(ts)
    return at
  }
  const scrapes = instants(from, SCRAPE)
  const [minutes, fives, twenties] = [MINUTE, 5 * MINUTE, 20 * MINUTE].map((step) => instants(from, step)) as [
    number[],
    number[],
    number[],
  ]
  const [hours, minute] = [instants(to - 7 * HOUR, MINUTE), instants(to - 10 * MINUTE, MINUTE)]
  const constant = (name: string, at: number[], value: number): TestSeries => ({ name, at, values: at.map(() => value) })
  const ends = [30, 3, 1].flatMap((ago) => [5, 4, 3, 2, 1, 0].map((i) => to - ago * DAY - i * MINUTE)).filter((ts) => ts > from)
  const known: Record<string, { at: number[]; value: number }> = {
    [SERIES.total20m]: { at: twenties, value: 120_100 },
    [SERIES.bad20m]: { at: twenties, value: 100 },
    [SERIES.total5m]: { at: fives, value: 30_025 },
    [SERIES.bad5m]: { at: fives, value: 25 },
    [SERIES.total1m]: { at: hours, value: 6_005 },
    [SERIES.bad1m]: { at: hours, value: 5 },
    [SERIES.minute]: { at: instants(to - 2 * HOUR, MINUTE), value: to / MINUTE },
    [SERIES.totalRecent]: { at: [...ends, ...minute], value: 6_005 },
    [SERIES.badRecent]: { at: [...ends, ...minute], value: 5 },
    'sloth:error_ratio5m': { at: minutes, value: 0.00083 },
  }
  const recorded = sets.flatMap((set) =>
    SHAPES.flatMap((shape) => set[shape]).flatMap(({ rules }) =>
      rules.flatMap((rule) => {
        // Nothing is missed where rules were evaluated all the time.
        if (rule.kind !== 'record' || isOfHoles(rule)) return []
        const { at, value } = known[rule.record] ?? { at: minute, value: 0.5 }
        return constant(seriesName(rule.record, rule.labels), at, value)
      }),
    ),
  )
  return [
    ...RAW.map(({ name, perMinute }) => ({
      name,
      at: scrapes,
      values: scrapes.map((ts) => Math.floor(((ts - from) / MINUTE) * perMinute)),
    })),
    ...recorded,
  ]
}

type Answer = {
  status: string
  error?: string
  data: { stats: { timings: { evalTotalTime: number }; samples: { totalQueryableSamples: number } } }
}

async function oneRound(url: string, sets: Shapes<RuleGroup[]>[], at: number): Promise<Shapes<Cost>> {
  const nothing = { rules: 0, secondsPerMinute: 0, samplesPerMinute: 0 }
  const sum: Shapes<Cost> = { headroom: nothing, sloth: nothing, pyrra: nothing }
  for (const set of sets)
    for (const shape of SHAPES) {
      const more = await cost(url, set[shape], at)
      sum[shape] = {
        rules: sum[shape].rules + more.rules,
        secondsPerMinute: sum[shape].secondsPerMinute + more.secondsPerMinute,
        samplesPerMinute: sum[shape].samplesPerMinute + more.samplesPerMinute,
      }
    }
  return sum
}

/** What one evaluation of each rule of a set takes the engine, one after the other, each as often as its group runs. */
async function cost(url: string, groups: RuleGroup[], at: number): Promise<Cost> {
  const sum = { rules: 0, secondsPerMinute: 0, samplesPerMinute: 0 }
  for (const { interval, rules } of groups)
    for (const { expr } of rules) {
      const body = new URLSearchParams({ query: expr, time: String(at), stats: 'all' })
      const answer = (await (await fetch(`${url}/api/v1/query`, { method: 'POST', body })).json()) as Answer
      if (answer.status !== 'success') throw new Error(`${expr}: ${answer.error}`)
      const { timings, samples } = answer.data.stats
      sum.rules += 1
      sum.secondsPerMinute += (timings.evalTotalTime * MINUTE) / interval
      sum.samplesPerMinute += (samples.totalQueryableSamples * MINUTE) / interval
    }
  return sum
}

export const FULL: Run = { slos: 100, days: 31 }

export const costText = ({ slos, rawSeries, days, headroom, sloth, pyrra, ofTheCheaper }: RuleFigures): string => {
  const line = (name: string, { rules, secondsPerMinute, samplesPerMinute }: Cost) =>
    `  ${name.padEnd(10)} ${String(rules).padStart(6)} rules ${secondsPerMinute.toFixed(3).padStart(10)} s and ${(samplesPerMinute / 1e6).toFixed(1).padStart(7)} M samples a minute ${(secondsPerMinute / headroom.secondsPerMinute).toFixed(2).padStart(8)} ×\n`
  return `\n  Engine time for ${slos} SLOs of ${rawSeries} raw series each, ${days} days\n\n${line('Headroom', headroom)}${line('Sloth', sloth)}${line('Pyrra', pyrra)}\n  ${ofTheCheaper} of the cheaper one; the goal is a third.\n`
}
