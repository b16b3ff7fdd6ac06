import { EMPTY_DRAFT, type SloDraft } from '../slo/draft'
import type { IndicatorKind } from '../slo/indicator'

/** A starting point for an SLO. What the source exposes fills in the rest (`suggest.ts`). */
export type Template = {
  slug: string
  group: string
  name: string
  summary: string
  kind: IndicatorKind
  draft: SloDraft
  /** names of metrics that could stand in a field, best pattern first */
  wants: Record<string, RegExp[]>
  /** label of a bad event, by name, and the value to look for */
  failing?: { field: string; labels: RegExp; value: RegExp; text: string }
  /** made by people from an SLO of theirs */
  own: boolean
}

type Short = Pick<Template, 'slug' | 'group' | 'name' | 'summary' | 'kind'> &
  Partial<Pick<Template, 'wants' | 'failing'>> & { target: string; days?: string; draft?: Partial<SloDraft>; threshold?: string }

const builtIn = ({ target, days = '30', threshold = '', draft = {}, wants = {}, ...rest }: Short): Template => ({
  ...rest,
  wants,
  own: false,
  draft: { ...EMPTY_DRAFT, kind: rest.kind, name: rest.name, days, objectives: [{ target, threshold }], ...draft },
})

const REQUESTS = [/^http_(server_)?requests?_total$/, /requests?_total$/, /_handled_total$/]
const DURATIONS = [/^http_(server_)?request_duration_seconds$/, /(duration|latency).*seconds$/]
const STATUS = /^(status|code|status_code|http_status)$/
const server = { field: 'failed', labels: STATUS, value: /^5\d\d$/, text: '=~"5.."' }

export const BUILT_IN_TEMPLATES: Template[] = [
  builtIn({
    slug: 'api-availability',
    group: 'API service',
    name: 'Requests served',
    summary: '99.9 % of requests without a server error, 30 days.',
    kind: 'availability',
    target: '99.9',
    wants: { requests: REQUESTS },
    failing: server,
  }),
  builtIn({
    slug: 'api-latency',
    group: 'API service',
    name: 'Requests within 500 ms',
    summary: '95 % of requests answered within 500 ms, 30 days.',
    kind: 'latency',
    target: '95',
    threshold: '0.5',
    wants: { histogram: DURATIONS },
  }),
  builtIn({
    slug: 'api-time-outs',
    group: 'API service',
    name: 'Without time-outs',
    summary: '99.9 % of requests do not time out, 30 days.',
    kind: 'error-rate',
    target: '99.9',
    wants: { requests: REQUESTS },
    failing: { ...server, value: /^504$/, text: '="504"' },
    draft: { errorClass: 'timeout' },
  }),
  builtIn({
    slug: 'api-client-errors',
    group: 'API service',
    name: 'Requests that were understood',
    summary: '95 % of requests without a client error (4xx), 30 days: a broken client shows here.',
    kind: 'error-rate',
    target: '95',
    wants: { requests: REQUESTS },
    failing: { ...server, value: /^4\d\d$/, text: '=~"4.."' },
    draft: { errorClass: 'client' },
  }),
  builtIn({
    slug: 'business-errors',
    group: 'Streaming',
    name: 'Without rejections',
    summary: '99 % of events without a business error, 30 days.',
    kind: 'error-rate',
    target: '99',
    wants: { requests: [/events_total$/, /orders?_total$/, ...REQUESTS] },
    failing: { field: 'failed', labels: /^(result|outcome|reason)$/, value: /fail|reject|declin|error/, text: '="failed"' },
    draft: { errorClass: 'business' },
  }),
  builtIn({
    slug: 'api-native-latency',
    group: 'API service',
    name: 'Requests within 250 ms',
    summary: '95 % within 250 ms from a native histogram: any threshold, no buckets to match.',
    kind: 'latency',
    target: '95',
    threshold: '0.25',
    wants: { histogram: [/duration_native_seconds$/, ...DURATIONS] },
    draft: { native: true },
  }),
  builtIn({
    slug: 'web-availability',
    group: 'Web',
    name: 'Pages served',
    summary: '99.5 % of pages without a server error, 30 days; probes left out.',
    kind: 'availability',
    target: '99.5',
    wants: { requests: REQUESTS },
    failing: server,
    draft: { excludedLabel: 'route', excludedValues: '/health, /metrics' },
  }),
  builtIn({
    slug: 'web-latency',
    group: 'Web',
    name: 'Pages within 1 s',
    summary: '90 % of pages within 1 s, 30 days.',
    kind: 'latency',
    target: '90',
    threshold: '1',
    wants: { histogram: DURATIONS },
  }),
  builtIn({
    slug: 'web-quality',
    group: 'Web',
    name: 'Answers in full quality',
    summary: '99 % of answers with nothing left out, 30 days.',
    kind: 'quality',
    target: '99',
    wants: { responses: [/responses_total$/] },
    failing: { field: 'degraded', labels: /^(quality|degraded|result)$/, value: /degraded|true|partial/, text: '="degraded"' },
  }),
  builtIn({
    slug: 'batch-freshness',
    group: 'Batch',
    name: 'Runs on time',
    summary: '99 % of runs finished in time, 30 days.',
    kind: 'freshness-batches',
    target: '99',
    wants: { batches: [/(batch|job)_?runs_total$/, /runs_total$/] },
    failing: { field: 'late', labels: /^(outcome|result|status)$/, value: /late|delayed/, text: '="late"' },
  }),
  builtIn({
    slug: 'batch-up',
    group: 'Batch',
    name: 'Up',
    summary: '99.9 % of scrapes find it up, 30 days.',
    kind: 'boolean',
    target: '99.9',
    wants: { series: [/^up$/, /_up$/, /probe_success$/, /healthy$/] },
  }),
  builtIn({
    slug: 'streaming-throughput',
    group: 'Streaming',
    name: 'Events keep flowing',
    summary: '99 % of minutes with at least one event a second, 7 days.',
    kind: 'throughput',
    target: '99',
    days: '7',
    wants: { events: [/events_total$/, /messages_total$/, /records_processed_total$/] },
    draft: { fields: { floorPerSecond: '1' }, method: 'time_slices', sliceTarget: '100' },
  }),
  builtIn({
    slug: 'streaming-processed',
    group: 'Streaming',
    name: 'Events processed',
    summary: '99.9 % of events end well, 30 days.',
    kind: 'bad-total',
    target: '99.9',
    wants: { bad: [/events_total$/], total: [/events_total$/] },
    failing: { field: 'bad', labels: /^(result|outcome|status)$/, value: /fail|error/, text: '="failed"' },
  }),
  builtIn({
    slug: 'pipeline-freshness',
    group: 'Data pipeline',
    name: 'Fresh within 30 minutes',
    summary: '99 % of minutes with data younger than 30 min, 7 days.',
    kind: 'freshness-age',
    target: '99',
    days: '7',
    wants: { timestamp: [/last_success.*timestamp/, /timestamp_seconds$/] },
    draft: { fields: { limitSeconds: '1800' }, method: 'time_slices', sliceTarget: '100' },
  }),
  builtIn({
    slug: 'pipeline-completeness',
    group: 'Data pipeline',
    name: 'Nothing lost',
    summary: '99.95 % of expected records processed, 7 days.',
    kind: 'completeness',
    target: '99.95',
    days: '7',
    wants: {
      processed: [/records_processed_total$/, /processed_total$/],
      expected: [/records_expected_total$/, /expected_total$/],
    },
  }),
  builtIn({
    slug: 'journey',
    group: 'Journey',
    name: 'The whole way',
    summary: 'Several SLOs as one: 99 % of a way through them, minute by minute, 30 days.',
    kind: 'composite',
    target: '99',
    draft: { method: 'ratio_time_slices' },
  }),
  builtIn({
    slug: 'custom-good-total',
    group: 'Custom',
    name: 'Good of all',
    summary: 'Any counters of good events and of all events.',
    kind: 'good-total',
    target: '99.9',
    wants: { good: [/records_processed_total$/, /success.*_total$/], total: [/records_expected_total$/, /_total$/] },
  }),
  builtIn({
    slug: 'custom-ratio',
    group: 'Custom',
    name: 'A ratio',
    summary: 'Any expression between 0 and 1, judged minute by minute.',
    kind: 'ratio',
    target: '99',
    wants: { expression: [/_ratio$/, ...REQUESTS] },
    failing: { ...server, field: 'expression', text: '!~"5.."' },
    draft: { method: 'ratio_time_slices' },
  }),
]
