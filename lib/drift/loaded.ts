import { z } from 'zod'
import { type Seconds, toUnix, type UnixSeconds } from '../time-series/units'

/** Rules as a source says that it has loaded them. */
export type LoadedRule = {
  kind: 'record' | 'alert'
  name: string
  expr: string
  labels: Record<string, string>
  /** `null`: this source does not say */
  for: Seconds | null
  keepFiring: Seconds | null
  annotations: Record<string, string>
  failing: boolean
  lastError: string | null
}

export type LoadedGroup = {
  name: string
  /** or the namespace of a ruler */
  file: string
  interval: Seconds | null
  rules: LoadedRule[]
  /** how long the last evaluation took; `null`: not said */
  took: Seconds | null
  /** `null`: never yet, or not said */
  evaluatedAt: UnixSeconds | null
}

/** Numbers, and numbers as text, as older rulers of VictoriaMetrics write them. */
const seconds = z
  .union([z.number(), z.string().transform(Number)])
  .nullish()
  .transform((value) => (typeof value === 'number' && Number.isFinite(value) ? value : null))
const texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {})
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const ruleSchema = z.object({
  name: z.string(),
  query: z.string(),
  type: z.enum(['recording', 'alerting']),
  labels: texts,
  annotations: texts,
  duration: seconds,
  keepFiringFor: seconds,
  keep_firing_for: seconds,
  health: text,
  lastError: text,
})
const groupSchema = z.object({
  name: z.string(),
  file: text,
  interval: seconds,
  evaluationTime: seconds,
  lastEvaluation: text,
  rules: z
    .array(ruleSchema)
    .nullish()
    .transform((rules) => rules ?? []),
})
const answerSchema = z.object({
  groups: z
    .array(groupSchema)
    .nullish()
    .transform((groups) => groups ?? []),
})

/** What `/api/v1/rules` of Prometheus, Mimir, Thanos or vmalert answers; `null` when it is something else. */
export function loadedGroups(answer: unknown): LoadedGroup[] | null {
  const read = answerSchema.safeParse(answer)
  if (!read.success) return null
  return read.data.groups.map(({ name, file, interval, evaluationTime, lastEvaluation, rules }) => ({
    ...{ name, file, interval, took: evaluationTime, evaluatedAt: instantOf(lastEvaluation) },
    rules: rules.map((rule) => ({
      kind: rule.type === 'recording' ? 'record' : 'alert',
      ...{ name: rule.name, expr: rule.query, labels: rule.labels, annotations: rule.annotations },
      ...{ for: rule.duration, keepFiring: rule.keepFiringFor ?? rule.keep_firing_for },
      failing: rule.health.toLowerCase().startsWith('err'),
      lastError: rule.lastError || null,
    })),
  }))
}

/** Programs in Go write the year 1 for never. */
function instantOf(written: string): UnixSeconds | null {
  const date = new Date(written)
  return Number.isFinite(date.getTime()) && date.getUTCFullYear() > 1970 ? toUnix(date) : null
}
