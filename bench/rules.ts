import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { WORKBOOK } from '../lib/alert/presets'
import type { TestSeries } from '../lib/prometheus/test-blocks'
import { testPrometheus } from '../lib/prometheus/test-server'
import { renderRules } from '../lib/prometheus-rules/render'
import type { RuleGroup } from '../lib/prometheus-rules/rule'
import { rulesOf } from '../lib/prometheus-rules/rules'
import { selectorText } from '../lib/slo/promql'
import type { Portable } from '../lib/slo-as-code/portable'
import { DAY, floorTo, HOUR, MINUTE, toUnix } from '../lib/time-series/units'
import { round } from './numbers'
import { pyrraShape, slothShape } from './rule-shapes'

export type Cost = { rules: number; secondsPerMinute: number }
export type RuleFigures = {
  slos: number
  rawSeries: number
  days: number
  headroom: Cost
  sloth: Cost
  pyrra: Cost
  ofTheCheaper: number
}

/** Services whose counters all SLOs share; each SLO reads the twenty series of one, by a selector of its own. */
const SERVICES = 4
const PODS = 10
type Run = { slos: number; days: number; seconds: number /** evaluate all groups as often as this, for tests */; every?: number }

/**
 * Engine time of three sets of rules for the same SLOs, in one Prometheus at once, over a month of raw counters scraped every
 * minute; series that a set reads of itself have a month of history as well. Mean evaluation time of each group, times how
 * often it runs. Seconds per minute.
 */
export async function measureRules({ slos, days, seconds, every }: Run): Promise<RuleFigures> {
  const now = floorTo(toUnix(new Date()), MINUTE)
  const sets = {
    headroom: ours(slos),
    sloth: Array.from({ length: slos }, (_, i) => slothShape(raw(i))).flat(),
    pyrra: Array.from({ length: slos }, (_, i) => pyrraShape(raw(i))).flat(),
  }
  const all = Object.values(sets).flat()
  const hurried = all.map((group) => ({ ...group, interval: every ?? group.interval }))
  const exporter = await exposed(now - days * DAY)
  const prometheus = await testPrometheus(history(slos, now - days * DAY, now), {
    ...{ rules: renderRules(hurried, 'prometheus'), scrape: exporter.address, every: '15s' },
  })
  try {
    const took = await watched(prometheus.url, seconds)
    const cost = (groups: RuleGroup[]): Cost => ({
      rules: groups.reduce((sum, { rules }) => sum + rules.length, 0),
      secondsPerMinute: round(
        groups.reduce((sum, { name, interval }) => sum + (mean(took.get(name)) * MINUTE) / interval, 0),
        4,
      ),
    })
    const [headroom, sloth, pyrra] = [cost(sets.headroom), cost(sets.sloth), cost(sets.pyrra)]
    const cheaper = Math.min(sloth.secondsPerMinute, pyrra.secondsPerMinute)
    const ofTheCheaper = round(headroom.secondsPerMinute / cheaper, 3)
    return { slos, rawSeries: 2 * PODS, days, headroom, sloth, pyrra, ofTheCheaper }
  } finally {
    await prometheus.stop()
    exporter.stop()
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

function raw(i: number) {
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
      ...{ alerting: WORKBOOK.settings, scrapeSeconds: 60, links: { runbook: null, dashboard: null } },
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
      at: minutes,
      values: minutes.map((ts) => Math.floor(((ts - from) / MINUTE) * perMinute)),
    })),
    ...recorded.flat(),
  ]
}

/** The same counters from now on. */
async function exposed(from: number): Promise<{ address: string; stop: () => void }> {
  const server = createServer((_, response) => {
    const since = (toUnix(new Date()) - from) / MINUTE
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(RAW.map(({ name, perMinute }) => `${name} ${Math.floor(since * perMinute)}\n`).join(''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { address: `127.0.0.1:${port}`, stop: () => server.close() }
}

type Loaded = { name: string; lastEvaluation: string; evaluationTime: number; rules: { health: string; lastError?: string }[] }

/** Every evaluation of every group, as long as it is watched. Seconds each. */
async function watched(url: string, seconds: number): Promise<Map<string, number[]>> {
  const took = new Map<string, Map<string, number>>()
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(Math.min(5_000, seconds * 100))) {
    const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as { data: { groups: Loaded[] } }
    for (const { name, lastEvaluation, evaluationTime, rules } of data.groups) {
      const ill = rules.find(({ health }) => health === 'err')
      if (ill) throw new Error(`A rule of ${name} failed: ${ill.lastError}`)
      if (lastEvaluation.startsWith('0001')) continue
      took.set(name, (took.get(name) ?? new Map()).set(lastEvaluation, evaluationTime))
    }
  }
  return new Map([...took].map(([name, evaluations]) => [name, [...evaluations.values()]]))
}

/** A group that was never evaluated has no cost that could be compared. */
const mean = (values: number[] = []): number => values.reduce((a, b) => a + b, 0) / values.length

/** Long enough for the slowest group to run twice. */
export const FULL: Run = { slos: 100, days: 31, seconds: 320 }

export const costText = ({ slos, rawSeries, days, headroom, sloth, pyrra, ofTheCheaper }: RuleFigures): string => {
  const line = (name: string, { rules, secondsPerMinute }: Cost) =>
    `  ${name.padEnd(10)} ${String(rules).padStart(6)} rules ${secondsPerMinute.toFixed(3).padStart(10)} s a minute ${(secondsPerMinute / headroom.secondsPerMinute).toFixed(2).padStart(8)} ×\n`
  return `\n  Engine time for ${slos} SLOs of ${rawSeries} raw series each, ${days} days\n\n${line('Headroom', headroom)}${line('Sloth', sloth)}${line('Pyrra', pyrra)}\n  ${ofTheCheaper} of the cheaper one; the goal is a third.\n`
}
