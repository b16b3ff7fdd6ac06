import type { Seconds, UnixSeconds } from '../time-series/units'
import { PrometheusUnavailable } from './errors'
import { type InstantSample, type RangeSeries, readInstant, readRange, unwrap } from './response'

/** A Prometheus-compatible source. Text in, series out; knows nothing of SLOs. */
export type PrometheusClient = {
  instant(promql: string, at: UnixSeconds): Promise<InstantSample[]>
  range(promql: string, from: UnixSeconds, to: UnixSeconds, step: Seconds): Promise<RangeSeries[]>
  /** what the source says about its series: names, labels, values, settings */
  metadata(path: MetadataPath, search?: [name: string, value: string][]): Promise<unknown>
  /** the rules that it evaluates, and what time it is there; `null`: it evaluates none, and has no such page */
  rules(): Promise<{ data: unknown; date: UnixSeconds | null } | null>
  ready(): Promise<void>
}

export const METADATA_PATHS = ['labels', 'series', 'metadata', 'status/runtimeinfo'] as const
export type MetadataPath = (typeof METADATA_PATHS)[number] | `label/${string}/values`

type Sent = { status: number; text: string; date: UnixSeconds | null }
type Options = { url: string; timeoutSeconds?: number; maxBytes?: number }

const MAX_BYTES = 64 * 1024 * 1024
/** Rules of ten thousand SLOs. */
const MAX_RULES_BYTES = 4 * MAX_BYTES
const NO_SUCH_PAGE = [404, 405, 501]

export function prometheusClient({ url, timeoutSeconds = 20, maxBytes = MAX_BYTES }: Options): PrometheusClient {
  const base = url.replace(/\/+$/, '')

  async function post(path: string, form: Record<string, string>): Promise<unknown> {
    const { status, text } = await send(`${base}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, timeout: `${timeoutSeconds}s` }),
    })
    return unwrap(status, text)
  }

  async function send(address: string, init: RequestInit, most = maxBytes): Promise<Sent> {
    try {
      const response = await fetch(address, {
        ...init,
        redirect: 'error',
        // A little longer than the source's own limit, so that its word comes first.
        signal: AbortSignal.timeout((timeoutSeconds + 2) * 1000),
      })
      const date = Date.parse(response.headers.get('date') ?? '') / 1000
      return { status: response.status, text: await bodyText(response, most), date: Number.isFinite(date) ? date : null }
    } catch (error) {
      if (error instanceof PrometheusUnavailable) throw error
      throw new PrometheusUnavailable(reasonOf(error, base, timeoutSeconds))
    }
  }

  return {
    instant: async (promql, at) => readInstant(await post('/api/v1/query', { query: promql, time: String(at) })),
    range: async (promql, from, to, step) =>
      readRange(
        await post('/api/v1/query_range', {
          query: promql,
          start: String(from),
          end: String(to),
          step: String(step),
        }),
      ),
    metadata: async (path, search = []) => {
      const { status, text } = await send(`${base}/api/v1/${path}?${new URLSearchParams(search)}`, { method: 'GET' })
      return unwrap(status, text)
    },
    rules: async () => {
      // Firing alerts are not asked for, where the source knows how to leave them out.
      const address = `${base}/api/v1/rules?exclude_alerts=true`
      const { status, text, date } = await send(address, { method: 'GET' }, MAX_RULES_BYTES)
      return NO_SUCH_PAGE.includes(status) ? null : { data: unwrap(status, text), date }
    },
    ready: async () => {
      const { status } = await send(`${base}/-/ready`, { method: 'GET' })
      if (status >= 400) throw new PrometheusUnavailable(`${base} answered ${status} to /-/ready.`)
    },
  }
}

/** Reads at most `maxBytes`: a runaway answer must not take the process with it. */
async function bodyText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new PrometheusUnavailable(`The answer is larger than ${Math.round(maxBytes / 1_048_576)} MB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function reasonOf(error: unknown, base: string, timeoutSeconds: Seconds): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `${base} did not answer within ${timeoutSeconds} s.`
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return `${base} cannot be reached: ${cause instanceof Error ? cause.message || (cause as { code?: string }).code : cause}`
}
