import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What this process counts by itself, beside what the database knows. */
type ProcessMetrics = { registry: Registry; requests: Histogram<'method' | 'status'>; faults: Counter }

const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10]
// The server may load this file once per bundle; the numbers are those of the whole process.
const kept = globalThis as typeof globalThis & { headroomMetrics?: ProcessMetrics }

export function processMetrics(): ProcessMetrics {
  kept.headroomMetrics ??= made()
  return kept.headroomMetrics
}

function made(): ProcessMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      ...{ name: 'headroom_http_request_duration_seconds', help: 'Answers of routes, by method and status.' },
      ...{ labelNames: ['method', 'status'] as const, buckets: SECONDS, registers },
    }),
    faults: new Counter({
      name: 'headroom_http_faults_total',
      help: 'Requests that failed by a fault of the portal.',
      registers,
    }),
  }
}
