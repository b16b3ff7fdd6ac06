import type { IndicatorKind } from './indicator'

/** How each kind of indicator is asked for: what people choose it for, and its fields in order. */
export type IndicatorField = {
  key: string
  label: string
  type: 'selector' | 'selectors' | 'matchers' | 'expression' | 'number'
  hint: string
  example: string
  unit?: string
}
export type IndicatorForm = { name: string; use: string; fields: IndicatorField[]; excludes?: boolean }

const selector = (key: string, label: string, hint: string, example: string): IndicatorField => ({
  ...{ key, label, hint, example },
  type: 'selector',
})
const failing = (key: string, label: string, hint: string, example: string): IndicatorField => ({
  ...{ key, label, hint, example },
  type: 'matchers',
})
const number = (key: string, label: string, unit: string, hint: string, example: string): IndicatorField => ({
  ...{ key, label, unit, hint, example },
  type: 'number',
})

/** Conditions of the classes that status codes tell apart; the label stays the one that was written. */
const REQUESTS = selector('requests', 'Requests', 'A counter of all requests.', 'http_requests_total{service="checkout-api"}')

export const INDICATOR_FORMS: Record<IndicatorKind, IndicatorForm> = {
  availability: {
    name: 'Availability',
    use: 'Share of requests that were answered without a server error.',
    excludes: true,
    fields: [REQUESTS, failing('failed', 'Failed when', 'Labels of those that count as failed.', '{status=~"5.."}')],
  },
  latency: {
    name: 'Latency',
    use: 'Share of requests answered within a time.',
    excludes: true,
    fields: [
      selector(
        'histogram',
        'Histogram',
        'Its name without _bucket. Thresholds have to be bucket bounds.',
        'http_request_duration_seconds{service="checkout-api"}',
      ),
    ],
  },
  'error-rate': {
    name: 'Error rate',
    use: 'Share of requests without one class of errors.',
    excludes: true,
    fields: [REQUESTS, failing('failed', 'Error when', 'Labels of this class of errors.', '{status="504"}')],
  },
  throughput: {
    name: 'Throughput',
    use: 'Share of minutes with at least so many events.',
    fields: [
      selector('events', 'Events', 'A counter of events.', 'events_total{service="clickstream"}'),
      number('floorPerSecond', 'At least', 'per s', 'Events per second that a minute needs.', '10'),
    ],
  },
  quality: {
    name: 'Quality',
    use: 'Share of answers in full quality, nothing left out.',
    excludes: true,
    fields: [
      selector('responses', 'Answers', 'A counter of all answers.', 'responses_total{service="recommendations"}'),
      failing('degraded', 'Degraded when', 'Labels of answers that were worse than promised.', '{quality="degraded"}'),
    ],
  },
  'freshness-batches': {
    name: 'Freshness of batches',
    use: 'Share of runs that were finished in time.',
    fields: [
      selector('batches', 'Runs', 'A counter of finished runs.', 'batch_runs_total{service="nightly-ledger"}'),
      failing('late', 'Late when', 'Labels of runs that came too late.', '{outcome="late"}'),
    ],
  },
  'freshness-age': {
    name: 'Freshness of data',
    use: 'Share of minutes in which the newest data was young enough.',
    fields: [
      selector(
        'timestamp',
        'Time of the newest data',
        'A gauge with unix seconds.',
        'last_success_timestamp_seconds{service="stock-sync"}',
      ),
      number('limitSeconds', 'Not older than', 's', '30 minutes are 1800 s.', '1800'),
    ],
  },
  completeness: {
    name: 'Completeness',
    use: 'Share of the expected records that were processed.',
    fields: [
      selector('processed', 'Processed', 'A counter of processed records.', 'records_processed_total{service="stock-sync"}'),
      selector('expected', 'Expected', 'A counter of records that should be.', 'records_expected_total{service="stock-sync"}'),
    ],
  },
  'good-total': {
    name: 'Good of total',
    use: 'Any counters of good and of all events.',
    fields: [
      {
        ...selector('good', 'Good', 'One counter a line; they are added.', 'events_total{result="processed"}'),
        type: 'selectors',
      },
      { ...selector('total', 'Total', 'One counter a line; they are added.', 'events_total{service="x"}'), type: 'selectors' },
    ],
  },
  'bad-total': {
    name: 'Bad of total',
    use: 'Any counters of bad and of all events.',
    fields: [
      { ...selector('bad', 'Bad', 'One counter a line; they are added.', 'events_total{result="failed"}'), type: 'selectors' },
      { ...selector('total', 'Total', 'One counter a line; they are added.', 'events_total{service="x"}'), type: 'selectors' },
    ],
  },
  ratio: {
    name: 'Ratio expression',
    use: 'One PromQL expression between 0 and 1, judged minute by minute.',
    fields: [
      {
        key: 'expression',
        label: 'Expression',
        type: 'expression',
        hint: 'Has to return one number between 0 and 1.',
        example: 'sum(rate(ok_total{job="x"}[5m])) / sum(rate(all_total{job="x"}[5m]))',
      },
    ],
  },
  boolean: {
    name: 'Boolean gauge',
    use: 'Share of scrapes in which a gauge was 1.',
    fields: [selector('series', 'Series', 'A gauge that is 0 or 1.', 'up{service="checkout-api"}')],
  },
  composite: {
    name: 'Journey (composite)',
    use: 'Several SLOs as one: how a whole way went, minute by minute.',
    fields: [],
  },
}
