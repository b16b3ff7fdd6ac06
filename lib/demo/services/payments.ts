import { DAY, HOUR, MINUTE, type UnixSeconds } from '../../time-series/units'
import { availabilityOf, latencyOf, only, requestsOf, rolling } from '../indicators'
import type { DemoService } from '../service'
import { except, steady } from '../shape'
import { batches, httpTraffic } from '../signal'

/** An acquirer refuses one payment in eight; it began 35 minutes before the anchor. */
const ACQUIRER_FAULT = { before: 35 * MINUTE, lasts: 80 * MINUTE, every: 40 * DAY }
/** A leak that nobody was paged for: two days long, over since two hours. */
const SLOW_BURN = { before: 50 * HOUR, lasts: 48 * HOUR, every: 40 * DAY }

export const paymentServices = (anchor: UnixSeconds): DemoService[] => [
  {
    slug: 'payment-gateway',
    name: 'Payment gateway',
    description: 'Talks to card networks and wallets.',
    tier: 'critical',
    kind: 'api',
    team: 'payments',
    labels: { product: 'payments', region: 'eu', pci: 'yes' },
    signals: httpTraffic({
      service: 'payment-gateway',
      perSecond: 15,
      rhythm: 'flat',
      instances: ['a', 'b'],
      routes: { '/charge': 0.7, '/refund': 0.3 },
      failing: except(anchor, 0.00012, [ACQUIRER_FAULT, 0.14]),
      slow: { than: 1, share: steady(0.004) },
    }),
    slos: [
      {
        slug: 'payments-accepted',
        name: 'Payments accepted',
        description: 'A payment that should go through does.',
        indicator: availabilityOf('payment-gateway'),
        target: 0.9995,
        window: rolling(30),
        gating: true,
        labels: { journey: 'buy' },
        shows: 'critical',
      },
      {
        slug: 'within-1s',
        name: 'Payments within 1 s',
        description: 'Paying does not make people wait.',
        indicator: latencyOf('payment-gateway', 1),
        target: 0.99,
        window: rolling(30),
        labels: { journey: 'buy' },
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'checkout-api',
    name: 'Checkout',
    description: 'Turns a cart into an order.',
    tier: 'critical',
    kind: 'api',
    team: 'payments',
    labels: { product: 'shop', region: 'eu' },
    signals: httpTraffic({
      service: 'checkout-api',
      perSecond: 12,
      rhythm: 'shop',
      instances: ['a', 'b'],
      routes: { '/checkout': 0.6, '/orders': 0.4 },
      failing: except(anchor, 0.00035, [SLOW_BURN, 0.00245]),
      timingOut: steady(0.00078),
      slow: { than: 0.3, share: steady(0.0045) },
    }),
    slos: [
      {
        slug: 'orders-placed',
        name: 'Orders placed',
        description: 'Checkout ends with an order. Time-outs have an objective of their own.',
        indicator: {
          kind: 'error-rate',
          requests: requestsOf('checkout-api'),
          errorClass: 'server',
          failed: [{ label: 'status', op: '=', value: '500' }],
        },
        target: 0.999,
        window: rolling(30),
        gating: true,
        labels: { journey: 'buy' },
        shows: 'warning',
      },
      {
        slug: 'without-time-outs',
        name: 'Without time-outs',
        description: 'Nobody is left waiting for an order.',
        indicator: {
          kind: 'error-rate',
          requests: requestsOf('checkout-api'),
          errorClass: 'timeout',
          failed: [{ label: 'status', op: '=', value: '504' }],
        },
        target: 0.999,
        window: rolling(7),
        labels: { journey: 'buy' },
        shows: 'attention',
      },
      {
        slug: 'within-300ms',
        name: 'Checkout within 300 ms',
        description: 'Every step of checkout is quick.',
        indicator: latencyOf('checkout-api', 0.3),
        target: 0.99,
        window: rolling(30),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'nightly-ledger',
    name: 'Nightly ledger',
    description: 'Books the payments of the day.',
    tier: 'standard',
    kind: 'batch',
    team: 'payments',
    labels: { product: 'finance' },
    signals: batches({ service: 'nightly-ledger', every: 6 * HOUR, records: 40_000, late: steady(0), lost: steady(0.00002) }),
    slos: [
      {
        slug: 'on-time',
        name: 'Ledger on time',
        description: 'Every run is finished when finance needs it.',
        indicator: {
          kind: 'freshness-batches',
          batches: { metric: 'batch_runs_total', matchers: only('nightly-ledger') },
          late: [{ label: 'outcome', op: '=', value: 'late' }],
        },
        target: 0.99,
        window: rolling(90),
        shows: 'healthy',
      },
      {
        slug: 'complete',
        name: 'Ledger complete',
        description: 'Every payment is booked.',
        indicator: {
          kind: 'completeness',
          processed: { metric: 'records_processed_total', matchers: only('nightly-ledger') },
          expected: { metric: 'records_expected_total', matchers: only('nightly-ledger') },
        },
        target: 0.9999,
        window: { kind: 'calendar', unit: 'month', timeZone: 'America/New_York' },
        shows: 'healthy',
      },
    ],
  },
]
