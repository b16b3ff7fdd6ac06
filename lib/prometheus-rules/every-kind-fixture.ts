import { WORKBOOK } from '../alert/presets'
import type { Indicator } from '../slo/indicator'
import { UNSAID } from '../slo-as-code/declared'
import type { Portable, PortableSlo } from '../slo-as-code/portable'

const requests = { metric: 'http_requests_total', matchers: [{ label: 'job', op: '=' as const, value: 'shop' }] }
const failed = [{ label: 'code', op: '=~' as const, value: '5..' }]
const plain = (metric: string) => ({ metric, matchers: [] })

/** One indicator of each kind. */
export const EVERY_KIND: Indicator[] = [
  { kind: 'availability', requests, failed, excluded: { label: 'path', values: ['/health', '/metrics'] } },
  { kind: 'error-rate', requests, errorClass: 'timeout', failed: [{ label: 'code', op: '=', value: '504' }] },
  { kind: 'latency', histogram: plain('http_seconds'), thresholdSeconds: 1 },
  { kind: 'latency', histogram: plain('http_native_seconds'), thresholdSeconds: 0.25, native: true },
  { kind: 'throughput', events: plain('messages_total'), floorPerSecond: 2.5 },
  { kind: 'quality', responses: plain('responses_total'), degraded: [{ label: 'quality', op: '!=', value: 'full' }] },
  { kind: 'freshness-batches', batches: plain('batches_total'), late: [{ label: 'outcome', op: '=', value: 'late' }] },
  { kind: 'freshness-age', timestamp: plain('last_success_timestamp_seconds'), limitSeconds: 900 },
  { kind: 'completeness', processed: plain('records_processed_total'), expected: plain('records_expected_total') },
  { kind: 'good-total', good: [plain('a_good_total'), plain('b_good_total')], total: [plain('a_total'), plain('b_total')] },
  { kind: 'bad-total', bad: [plain('a_bad_total')], total: [plain('a_total')] },
  { kind: 'ratio', expression: 'sum(in_sync) / count(in_sync)' },
  { kind: 'boolean', series: plain('probe_success') },
  {
    kind: 'composite',
    rule: 'weighted-mean',
    late: 'leave-out',
    members: [
      { service: 'shop', slo: 'kind-0', weight: 2 },
      { service: 'shop', slo: 'kind-2', weight: 1 },
    ],
  },
]

export const portableSlo = (indicator: Indicator, change: Partial<PortableSlo['definition']> = {}): PortableSlo => ({
  definition: {
    ...UNSAID,
    ...{ name: 'Orders work', slug: 'orders', description: '', service: 'shop', dataSource: 'prometheus', indicator },
    ...{ method: 'occurrences', sliceTarget: null, target: 0.999, window: { kind: 'rolling', days: 30 }, labels: {} },
    ...change,
  },
  alerting: WORKBOOK.settings,
  scrapeSeconds: 15,
  links: { runbook: 'https://wiki.example.com/shop', dashboard: null },
})

export const portable = (slos: PortableSlo[]): Portable => ({
  services: [{ slug: 'shop', name: 'Shop', description: '', labels: {}, dependencies: [] }],
  slos,
})

/** Every kind under every way of counting that suits it. */
export const everyKind = (): Portable =>
  portable(
    EVERY_KIND.flatMap((indicator, i) => [
      portableSlo(indicator, { slug: `kind-${i}` }),
      portableSlo(indicator, { slug: `kind-${i}-slices`, method: 'time_slices', sliceTarget: 0.95, target: 0.9 }),
      portableSlo(indicator, {
        ...{ slug: `kind-${i}-ratio`, method: 'ratio_time_slices' },
        window: { kind: 'calendar', unit: 'month', timeZone: 'Asia/Kathmandu' },
      }),
    ]),
  )
