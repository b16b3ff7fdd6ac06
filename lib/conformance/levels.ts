import pLimit from 'p-limit'
import { prometheusClient } from '../prometheus/client'
import type { TestSeries } from '../prometheus/test-blocks'
import type { TestPrometheus } from '../prometheus/test-server'
import { LAG, SERIES } from '../prometheus-rules/names'
import type { RecordingRule, RuleGroup } from '../prometheus-rules/rule'
import { type Span, within } from './counted'

/** The rules of one SLO over a stretch: evaluated at whole minutes after `from` and up to `to`, but not in outages. */
export type Evaluated = { group: RuleGroup; span: Span; outages?: Span[]; relabelled?: { at: number; group: RuleGroup } }

/** Series that later rules read the past of. All others are asked for at the instants alone. */
const KEPT = /:(count1m|count5m|count20m|recent|recent5m|minute)$/
/** There only around holes of the rules. */
const OF_HOLES: string[] = [SERIES.missed, SERIES.early]
export const isOfHoles = ({ record }: RecordingRule): boolean => OF_HOLES.includes(record)
/** Where nothing was missed nothing is recorded: that is shown over these last days, and in between it would cost the most. */
const SHOWN_OF_HOLES = 3 * 86_400
/** A source answers 11,000 steps at once. */
const STEPS = 10_000

export type Recorded = Map<string, Map<number, number>>
export const seriesName = (record: string, labels: Record<string, string>): string =>
  `${record}{${Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${value}"`)
    .join()}}`

type Task = { rule: RecordingRule; span: Span; level: number; part: number }

/**
 * Evaluates recording rules over the past as their group would have, on a real server: level by level, since the rules of one
 * level read what those before have recorded, which becomes blocks. What comes after an outage reads what was recorded before
 * it, by rules of any level: that is a part of its own. Answers what was recorded at the instants.
 */
export async function evaluate(prometheus: TestPrometheus, all: Evaluated[], instants: number[]): Promise<Recorded> {
  const recorded: Recorded = new Map()
  const tasks = all.flatMap(tasksOf)
  const deepest = Math.max(...tasks.map(({ level }) => level))
  const last = Math.max(...tasks.map(({ part }) => part))
  const client = prometheusClient({ url: prometheus.url, timeoutSeconds: 110 })
  const limit = pLimit(2)

  async function record({ rule, span }: Task): Promise<TestSeries[]> {
    const found = new Map<string, TestSeries>()
    // A group is evaluated a little later than what it counts ends.
    const keep = (labels: Record<string, string>, evaluated: number, value: number) => {
      const at = evaluated - LAG
      const name = seriesName(rule.record, { ...withoutName(labels), ...rule.labels })
      const series = found.get(name) ?? { name, at: [], values: [] }
      found.set(name, series)
      series.at.push(evaluated)
      series.values.push(value)
      if (instants.includes(at)) recorded.set(name, (recorded.get(name) ?? new Map()).set(at, value))
    }
    if (KEPT.test(rule.record) || isOfHoles(rule))
      for (const [from, to] of chunksOf(rule, span))
        for (const { labels, points } of await client.range(rule.expr, from + LAG, to + LAG, 60))
          for (const [at, value] of points) keep(labels, at, value)
    else
      for (const at of instants)
        if (within(span, at))
          for (const { labels, value } of await client.instant(rule.expr, at + LAG)) keep(labels, at + LAG, value)
    return [...found.values()]
  }

  for (let part = 0; part <= last; part += 1)
    for (let level = 0; level <= deepest; level += 1) {
      const now = tasks.filter((task) => task.level === level && task.part === part)
      const found = await Promise.all(now.map((task) => limit(() => record(task))))
      if (level < deepest || part < last) await prometheus.add(merged(found.flat()))
    }
  return recorded
}

function tasksOf({ group, span: [from, to], outages = [], relabelled }: Evaluated): Task[] {
  const ends: Span[] = relabelled ? [[relabelled.at, relabelled.at]] : outages
  const stretches = [...ends, [to, to]].map(([end], i): Span => [ends[i - 1]?.[1] ?? from, end as number])
  return stretches.flatMap((span, i) => {
    const { rules } = (i > 0 && relabelled?.group) || group
    const recording = rules.filter((rule) => rule.kind === 'record')
    return recording.map((rule) => ({ rule, span, level: levelOf(rule, recording), part: outages.length > 0 ? i : 0 }))
  })
}

/** What was recorded by evaluations before this one; what was missed, before a hole that lay an hour ago. */
const PAST = /\b[\w:]+\{[^}]*\}\[\w+\] offset 30s|\b[\w:]+:missed\{[^}]*\}\[\w+\] offset 3600s/g

/** One more than that of the rules it reads. A rule that reads its own past, or another's, waits for nobody. */
function levelOf(rule: RecordingRule, all: RecordingRule[]): number {
  const now = rule.expr.replaceAll(PAST, '')
  const read = all.filter((other) => other.record !== rule.record && now.includes(`${other.record}{`))
  return Math.max(-1, ...read.map((other) => levelOf(other, all))) + 1
}

function chunksOf(rule: RecordingRule, [from, to]: Span): Span[] {
  const chunks: Span[] = []
  const start = isOfHoles(rule) ? Math.max(from, to - SHOWN_OF_HOLES) : from
  for (let at = start + 60; at <= to; at += STEPS * 60) chunks.push([at, Math.min(to, at + (STEPS - 1) * 60)])
  return chunks
}

const withoutName = ({ __name__: _, ...labels }: Record<string, string>) => labels

/** Series of one name come from several stretches. */
function merged(series: TestSeries[]): TestSeries[] {
  const byName = new Map<string, TestSeries>()
  for (const { name, at, values } of [...series].sort((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0))) {
    const known = byName.get(name) ?? { name, at: [], values: [] }
    byName.set(name, { name, at: known.at.concat(at), values: known.values.concat(values) })
  }
  return [...byName.values()]
}
