import { between, type Counts, NO_COUNTS } from '../slo/counts'
import { definitionOf, type SourceDefinition } from '../slo/definition'
import type { Matcher, Selector } from '../slo/indicator'
import { readSlot, type Signal, signalsOf } from '../slo/measurement-plan'
import { readSelector } from '../slo/promql-read'
import { evaluateStatus, LOOKBACKS, type Lookback, paceLookbackOf, type Status } from '../slo/status'
import { DEFAULT_STATUS_POLICY } from '../slo/status-policy'
import { windowAt } from '../slo/window'
import { MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { Recorder } from './recorder'
import type { DemoService, DemoSlo } from './service'

// What the portal would say of the demo, from the generator alone: no Prometheus, no database, months in seconds.

const passes = ({ op, value }: Matcher, text: string): boolean => {
  const matches = op === '=' || op === '!=' ? text === value : new RegExp(`^(?:${value})$`).test(text)
  return op === '=' || op === '=~' ? matches : !matches
}

/** Indexes of the series that a selector finds. */
export const seriesOf = ({ series }: Recorder, { metric, matchers }: Selector): number[] =>
  series.flatMap((one, i) => (one.metric === metric && matchers.every((m) => passes(m, one.labels[m.label] ?? '')) ? [i] : []))

type Ledger = {
  slo: DemoSlo
  service: DemoService
  definition: SourceDefinition
  at: UnixSeconds[]
  counts: Counts[]
  first: UnixSeconds | null
  last: UnixSeconds[]
}

type Stretch = { from: UnixSeconds; to: UnixSeconds; anchor: UnixSeconds; stepAt: (at: UnixSeconds) => Seconds }
export type Judged = { slo: DemoSlo; service: DemoService; status: Status }

/** The demo over a stretch of time, moved on in steps; the result judges every SLO at any instant of it. */
export function judgedDemo(services: DemoService[], stretch: Stretch): (now: UnixSeconds) => Judged[] {
  // Gauges are what they are at the instant they are read, so they are read often; counters add up.
  const part = (gauges: boolean) =>
    services.map((service) => ({
      ...service,
      signals: service.signals.filter(({ series }) => series.some(({ kind }) => kind === 'gauge') === gauges),
    }))
  const ledgers = [...count(part(true), { ...stretch, stepAt: () => 3 * MINUTE }), ...count(part(false), stretch)]
  return (now) => ledgers.map((ledger) => judge(ledger, now, stretch.anchor))
}

function count(services: DemoService[], { from, to, stepAt }: Stretch): Ledger[] {
  const recorder = new Recorder(services)
  const ledgers: Ledger[] = []
  const before = new Float64Array(recorder.series.length)
  const seen = new Uint8Array(recorder.series.length)
  let at = from
  let step = stepAt(at)
  const found = new Map<Signal, number[]>()
  for (const service of services)
    for (const slo of service.slos) {
      const definition = definitionOfDemo(slo)
      for (const signal of signalsOf(definition.plan)) found.set(signal, seriesOf(recorder, selectorOf(signal)))
      if (signalsOf(definition.plan).some((signal) => found.get(signal)?.length))
        ledgers.push({ slo, service, definition, at: [from], counts: [NO_COUNTS], first: null, last: [0] })
    }
  const value = (signal: Signal) =>
    readingOf(
      signal,
      (found.get(signal) ?? []).filter((i) => seen[i]),
      { recorder, before, at, step },
    )
  for (step = stepAt(at); at + step <= to; step = stepAt(at)) {
    at += step
    before.set(recorder.values)
    recorder.advance(at, step)
    seen.fill(0)
    for (const i of recorder.visible(at)) seen[i] = 1
    for (const ledger of ledgers) {
      const { plan, accounting } = ledger.definition
      add(ledger, readSlot(plan, accounting, value, step), at, step)
    }
  }
  return ledgers
}

function judge({ slo, service, definition, at, counts, first, last }: Ledger, now: UnixSeconds, anchor: UnixSeconds): Judged {
  const index = (ts: UnixSeconds) => {
    let [low, high] = [0, at.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((at[middle] ?? 0) <= ts) low = middle
      else high = middle
    }
    return low
  }
  const since = (ts: UnixSeconds) => between(counts[index(ts)] ?? NO_COUNTS, counts[index(now)] ?? NO_COUNTS)
  const { rules } = definition
  const lastDataTs = last[index(now)] || null
  const status = evaluateStatus(rules, {
    now,
    lastDataTs,
    historyFrom: first !== null && first < now ? first : null,
    window: since(windowAt(rules.window, now).from),
    pace: since(now - paceLookbackOf(rules.window, rules.policy, now)),
    lookbacks: Object.fromEntries(Object.entries(LOOKBACKS).map(([key, length]) => [key, since(now - length)])) as Record<
      Lookback,
      Counts
    >,
    staleSince: service.lostSource ? anchor : null,
    credit: 0,
  })
  return { slo, service, status }
}

function definitionOfDemo({ indicator, target, window, ...slo }: DemoSlo): SourceDefinition {
  const row = {
    ...{ id: 1, dataSourceId: 1, version: 1, indicator, target, window, coverageFloor: 0.9 },
    ...{ method: slo.method ?? 'occurrences', sliceTarget: slo.sliceTarget ?? null },
    ...{ noDataPolicy: slo.noDataPolicy ?? 'ignore', minEvents: slo.minEvents ?? 0 },
  }
  return definitionOf(row, DEFAULT_STATUS_POLICY) as SourceDefinition
}

function add(ledger: Ledger, slot: { good: number; total: number } | null, at: UnixSeconds, step: Seconds): void {
  const { good, total, measured } = ledger.counts.at(-1) ?? NO_COUNTS
  if (slot) ledger.first ??= at - step
  ledger.at.push(at)
  ledger.last.push(slot ? at : (ledger.last.at(-1) ?? 0))
  ledger.counts.push(
    slot ? { good: good + slot.good, total: total + slot.total, measured: measured + step / MINUTE } : { good, total, measured },
  )
}

function selectorOf(signal: Signal): Selector {
  if (signal.fn !== 'expression') return signal.selector
  // The demo's only expressions are an aggregation of one gauge.
  const inner = readSelector(signal.expression.replace(/^\w+\((.*)\)$/, '$1'))
  if (!inner.ok) throw new Error(`${signal.expression}: ${inner.fault.message}`)
  return inner.value
}

type Moment = { recorder: Recorder; before: Float64Array; at: UnixSeconds; step: Seconds }

function readingOf(signal: Signal, visible: number[], { recorder, before, at, step }: Moment): number | null {
  if (visible.length === 0) return null
  const now = visible.map((i) => recorder.values[i] ?? 0)
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  switch (signal.fn) {
    case 'increase':
      return sum(visible.map((i, k) => ((now[k] ?? 0) >= (before[i] ?? 0) ? (now[k] ?? 0) - (before[i] ?? 0) : (now[k] ?? 0))))
    case 'sum-over-time':
      return sum(now) * (step / 15)
    case 'count-over-time':
      return now.length * (step / 15)
    case 'age':
      return at - Math.max(...now)
    case 'expression':
      return Math.min(...now)
    default:
      throw new Error(`The demo has no ${signal.fn}.`)
  }
}
