import { z } from 'zod'
import { PrometheusRefused, PrometheusUnavailable } from './errors'

/** The HTTP API of Prometheus, as far as it is used here; parsed at the border. */
const labels = z.record(z.string(), z.string())
const sample = z.tuple([z.number(), z.string()])

const envelope = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown(), warnings: z.array(z.string()).optional() }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
])

const instantData = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: sample })) }),
  z.object({ resultType: z.literal('scalar'), result: sample }),
])

export const matrixData = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: labels, values: z.array(sample) })),
})

export type InstantSample = { labels: Record<string, string>; value: number }
export type RangeSeries = { labels: Record<string, string>; points: [ts: number, value: number][] }

/** "NaN", "+Inf" and numbers as Prometheus writes them. */
export const sampleValue = (text: string): number =>
  text === '+Inf' ? Number.POSITIVE_INFINITY : text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)

export function unwrap(status: number, text: string): unknown {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new PrometheusUnavailable(`The source answered ${status} without JSON; is the address that of a Prometheus?`)
  }
  const parsed = envelope.safeParse(json)
  if (!parsed.success) throw new PrometheusUnavailable(`The source answered ${status} in a form Prometheus never uses.`)
  if (parsed.data.status === 'success') return parsed.data.data
  const { errorType, error } = parsed.data
  if (errorType === 'bad_data' || (errorType === 'execution' && status === 422)) throw new PrometheusRefused(error)
  throw new PrometheusUnavailable(`${errorType}: ${error}`)
}

export function readInstant(data: unknown): InstantSample[] {
  const parsed = instantData.safeParse(data)
  if (!parsed.success) throw new PrometheusRefused('The expression must return an instant vector or a number.')
  if (parsed.data.resultType === 'scalar') return [{ labels: {}, value: sampleValue(parsed.data.result[1]) }]
  return parsed.data.result.map(({ metric, value }) => ({ labels: metric, value: sampleValue(value[1]) }))
}

export function readRange(data: unknown): RangeSeries[] {
  const parsed = matrixData.safeParse(data)
  if (!parsed.success) throw new PrometheusRefused('The expression must return an instant vector or a number.')
  return parsed.data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([ts, value]) => [ts, sampleValue(value)]),
  }))
}
