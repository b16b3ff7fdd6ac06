import { DAY, HOUR, MINUTE, type UnixSeconds } from '../../time-series/units'
import { availabilityOf, only, requestsOf, rolling } from '../indicators'
import type { DemoService } from '../service'
import { except, steady } from '../shape'
import { batches, flow, gauge, httpTraffic } from '../signal'

/** A carrier's price service was away for five hours, and is so every other week: too much even at night. */
const CARRIER_AWAY = { before: 5 * DAY, lasts: 5 * HOUR, every: 14 * DAY }
/** The broker chose a new leader, and next to nothing moved meanwhile. */
const BROKER_STALLED = { before: 9 * DAY, lasts: 20 * MINUTE, every: 21 * DAY }

export const fulfilmentServices = (anchor: UnixSeconds): DemoService[] => [
  {
    slug: 'order-events',
    name: 'Order events',
    description: 'Carries every change of an order to whoever needs it.',
    tier: 'critical',
    kind: 'streaming',
    team: 'fulfilment',
    labels: { product: 'logistics', region: 'eu' },
    signals: [
      ...flow({
        ...{ service: 'order-events', perSecond: 45, rhythm: 'flat', lost: steady(0.000963) },
        pace: except(anchor, 1, [BROKER_STALLED, 0.1]),
      }),
      gauge('consumer_position_timestamp_seconds', { service: 'order-events' }, (at) =>
        // The consumer falls behind for ten minutes every second night.
        at % (2 * DAY) < 10 * MINUTE ? at - 400 : at - 12,
      ),
    ],
    slos: [
      {
        slug: 'delivered',
        name: 'Events delivered',
        description: 'Every event reaches its consumers.',
        indicator: {
          kind: 'completeness',
          processed: { metric: 'records_processed_total', matchers: only('order-events') },
          expected: { metric: 'records_expected_total', matchers: only('order-events') },
        },
        target: 0.999,
        window: rolling(30),
        gating: true,
        labels: { journey: 'deliver' },
        shows: 'critical',
      },
      {
        slug: 'not-behind',
        name: 'Not more than 2 min behind',
        description: 'Consumers see an order change within two minutes.',
        indicator: {
          kind: 'freshness-age',
          timestamp: { metric: 'consumer_position_timestamp_seconds', matchers: only('order-events') },
          limitSeconds: 120,
        },
        target: 0.99,
        window: rolling(7),
        labels: { journey: 'deliver' },
        shows: 'healthy',
      },
      {
        slug: 'keeps-moving',
        name: 'Keeps moving',
        description: 'At least 20 events a second, day and night.',
        indicator: {
          kind: 'throughput',
          events: { metric: 'records_processed_total', matchers: only('order-events') },
          floorPerSecond: 20,
        },
        target: 0.995,
        window: rolling(30),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'shipping-quotes',
    name: 'Shipping quotes',
    description: 'Prices and dates of delivery from the carriers.',
    tier: 'essential',
    kind: 'api',
    team: 'fulfilment',
    labels: { product: 'logistics' },
    signals: httpTraffic({
      service: 'shipping-quotes',
      perSecond: 10,
      rhythm: 'shop',
      routes: { '/quotes': 1 },
      failing: except(anchor, 0.002, [CARRIER_AWAY, 0.62]),
      timingOut: steady(0.0042),
    }),
    slos: [
      {
        slug: 'quotes-given',
        name: 'Quotes given',
        description: 'People see what delivery costs.',
        indicator: {
          kind: 'availability',
          requests: requestsOf('shipping-quotes'),
          failed: [{ label: 'status', op: '=', value: '500' }],
        },
        target: 0.995,
        window: rolling(30),
        gating: true,
        labels: { journey: 'buy' },
        shows: 'exhausted',
      },
      {
        slug: 'without-time-outs',
        name: 'Quotes without time-outs',
        description: 'Carriers answer in time.',
        indicator: {
          kind: 'error-rate',
          requests: requestsOf('shipping-quotes'),
          errorClass: 'timeout',
          failed: [{ label: 'status', op: '=', value: '504' }],
        },
        target: 0.99,
        window: rolling(30),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'stock-sync',
    name: 'Stock sync',
    description: 'Brings stock counts from the warehouses every 15 minutes.',
    tier: 'essential',
    kind: 'batch',
    team: 'fulfilment',
    labels: { product: 'logistics' },
    signals: batches({
      service: 'stock-sync',
      every: 15 * MINUTE,
      records: 9_000,
      late: steady(0.036),
      lost: steady(0.002),
    }),
    slos: [
      {
        slug: 'on-time',
        name: 'Stock on time',
        description: 'A run is done before the next begins.',
        indicator: {
          kind: 'freshness-batches',
          batches: { metric: 'batch_runs_total', matchers: only('stock-sync') },
          late: [{ label: 'outcome', op: '=', value: 'late' }],
        },
        target: 0.98,
        window: rolling(30),
        shows: 'exhausted',
      },
      {
        slug: 'not-older-than-30min',
        name: 'Stock not older than 30 min',
        description: 'The shop never sells from counts older than half an hour.',
        indicator: {
          kind: 'freshness-age',
          timestamp: { metric: 'last_success_timestamp_seconds', matchers: only('stock-sync') },
          limitSeconds: 30 * MINUTE,
        },
        target: 0.98,
        window: { kind: 'calendar', unit: 'week', timeZone: 'Europe/Berlin' },
        shows: 'healthy',
      },
      {
        slug: 'complete',
        name: 'Stock complete',
        description: 'Every article is counted.',
        indicator: {
          kind: 'completeness',
          processed: { metric: 'records_processed_total', matchers: only('stock-sync') },
          expected: { metric: 'records_expected_total', matchers: only('stock-sync') },
        },
        target: 0.995,
        window: rolling(30),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'warehouse-scanner',
    name: 'Warehouse scanner',
    description: 'Hand scanners of the warehouse, measured by a Prometheus of their own.',
    tier: 'standard',
    kind: 'api',
    team: 'fulfilment',
    labels: { product: 'logistics', region: 'warehouse' },
    lostSource: true,
    signals: httpTraffic({
      service: 'warehouse-scanner',
      perSecond: 5,
      rhythm: 'office',
      routes: { '/scan': 1 },
      failing: steady(0.002),
    }),
    slos: [
      {
        slug: 'scans-accepted',
        name: 'Scans accepted',
        description: 'A scan is booked at the first try.',
        indicator: availabilityOf('warehouse-scanner'),
        target: 0.995,
        window: rolling(30),
        shows: 'no-data',
      },
    ],
  },
]
