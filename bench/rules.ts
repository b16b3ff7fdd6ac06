import { WORKBOOK } from '../lib/alert/presets'
import type { TestSeries } from '../lib/prometheus/test-blocks'
import { testPrometheus } from '../lib/prometheus/test-server'
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

/**
 * Engine time of three sets of rules for the same SLOs, in one Prometheus, over a month of raw counters scraped every 30 s;
 * series that a set reads of itself have a month of history as well. Seconds per minute.
 */
export async function measureRules({ slos, days }: Run): Promise<RuleFigures> {
  const now = floorTo(toUnix(new Date()), MINUTE)
  const of = (shape: (raw: Raw) => RuleGroup[]) => Array.from({ length: slos }, (_, i) => shape(raw(i))).flat()
  const prometheus = await testPrometheus(history(slos, now - days * DAY, now))
  try {
    const sets = { headroom: ours(slos), sloth: of(slothShape), pyrra: of(pyrraShape) }
    // Whoever comes first would read everything from the disk for the others.
    for (const groups of Object.values(sets)) await cost(prometheus.url, groups.slice(0, 12), now)
    const headroom = await cost(prometheus.url, sets.headroom, now)
    const sloth = await cost(prometheus.url, sets.sloth, now)
    const pyrra = await cost(prometheus.url, sets.pyrra, now)
    const ofTheCheaper = round(headroom.secondsPerMinute / Math.min(sloth.secondsPerMinute, pyrra.secondsPerMinute), 3)
    return { slos, rawSeries: 2 * PODS, days, headroom, sloth, pyrra, ofTheCheaper }
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

/** Raw counters of every minute, and what rules would have recorded of them. */
function history(slos: number, from: number, to: number): TestSeries[] {
  const instants = (start: number, step: number) => {
    const at = []
    for (let ts = floorTo(start, step) + step; ts <= to; ts += step) at.push(ts)
    return at
  }
  const minutes = instants(from, MINUTE)
  const scrapes = instants(from, SCRAPE)
  const [fives, recent] = [instants(from, 5 * MINUTE), instants(to - 7 * HOUR, MINUTE)]
  const constant = (name: string, at: number[], value: number): TestSeries => ({ name, at, values: at.map(() => value) })
  const recorded = Array.from({ length: slos }, (_, i) => {
    const own = `{service="bench",slo="slo-${i}"}`
    const ids = `{sloth_id="slo-${i}",sloth_service="bench",sloth_slo="slo-${i}",sloth_window="5m"}`
    return [
      constant(`headroom:slo_total:count5m${own}`, fives, 30_025),
      constant(`headroom:slo_bad:count5m${own}`, fives, 25),
      constant(`headroom:slo_total:count1m${own}`, recent, 6_005),
      constant(`headroom:slo_bad:count1m${own}`, recent, 5),
      constant(`sloth:error_ratio5m${ids}`, minutes, 0.00083),
    ]
  })
  return [
    ...RAW.map(({ name, perMinute }) => ({
      name,
      at: scrapes,
      values: scrapes.map((ts) => Math.floor(((ts - from) / MINUTE) * perMinute)),
    })),
    ...recorded.flat(),
  ]
}

type Answer = {
  status: string
  error?: string
  data: { stats: { timings: { evalTotalTime: number }; samples: { totalQueryableSamples: number } } }
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
  return { ...sum, secondsPerMinute: round(sum.secondsPerMinute, 4), samplesPerMinute: Math.round(sum.samplesPerMinute) }
}

export const FULL: Run = { slos: 100, days: 31 }

export const costText = ({ slos, rawSeries, days, headroom, sloth, pyrra, ofTheCheaper }: RuleFigures): string => {
  const line = (name: string, { rules, secondsPerMinute, samplesPerMinute }: Cost) =>
    `  ${name.padEnd(10)} ${String(rules).padStart(6)} rules ${secondsPerMinute.toFixed(3).padStart(10)} s and ${(samplesPerMinute / 1e6).toFixed(1).padStart(7)} M samples a minute ${(secondsPerMinute / headroom.secondsPerMinute).toFixed(2).padStart(8)} ×\n`
  return `\n  Engine time for ${slos} SLOs of ${rawSeries} raw series each, ${days} days\n\n${line('Headroom', headroom)}${line('Sloth', sloth)}${line('Pyrra', pyrra)}\n  ${ofTheCheaper} of the cheaper one; the goal is a third.\n`
}
