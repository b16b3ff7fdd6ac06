import { DAY, HOUR, type UnixSeconds } from '../../time-series/units'
import { availabilityOf, only, requestsOf, rolling } from '../indicators'
import type { DemoService } from '../service'
import { except, isDuring, steady } from '../shape'
import { answers, batches, flow, httpTraffic } from '../signal'

export const dataServices = (anchor: UnixSeconds): DemoService[] => [
  {
    slug: 'recommendations',
    name: 'Recommendations',
    description: 'What else people may like.',
    tier: 'standard',
    kind: 'api',
    team: 'data',
    labels: { product: 'shop', region: 'eu' },
    signals: [
      ...httpTraffic({
        service: 'recommendations',
        perSecond: 22,
        rhythm: 'shop',
        routes: { '/recommendations': 1 },
        failing: steady(0.00932),
      }),
      answers('recommendations', 15, 'shop', steady(0.021)),
    ],
    slos: [
      {
        slug: 'answers',
        name: 'Recommendations given',
        description: 'The service answers.',
        indicator: availabilityOf('recommendations'),
        target: 0.99,
        window: rolling(7),
        shows: 'warning',
      },
      {
        slug: 'personal',
        name: 'Personal recommendations',
        description: 'Made for the reader, not the bestseller list.',
        indicator: {
          kind: 'quality',
          responses: { metric: 'responses_total', matchers: only('recommendations') },
          degraded: [{ label: 'quality', op: '=', value: 'degraded' }],
        },
        target: 0.95,
        window: rolling(28),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'clickstream',
    name: 'Clickstream',
    description: 'What people look at, for the analysts.',
    tier: 'essential',
    kind: 'streaming',
    team: 'data',
    labels: { product: 'analytics' },
    // A firewall rule kept Prometheus out for a morning.
    unscraped: (at) => isDuring(anchor, { before: 16 * DAY, lasts: 7 * HOUR }, at),
    signals: flow({ service: 'clickstream', perSecond: 120, rhythm: 'shop', lost: steady(0.0031) }),
    slos: [
      {
        slug: 'collected',
        name: 'Clicks collected',
        description: 'Clicks arrive in the store.',
        indicator: {
          kind: 'completeness',
          processed: { metric: 'records_processed_total', matchers: only('clickstream') },
          expected: { metric: 'records_expected_total', matchers: only('clickstream') },
        },
        target: 0.99,
        window: rolling(30),
        shows: 'healthy',
      },
      {
        slug: 'good-minutes',
        name: 'Share of clicks per minute',
        description: 'Every minute counts alike, busy or quiet.',
        indicator: {
          kind: 'bad-total',
          bad: [{ metric: 'events_total', matchers: only('clickstream', { label: 'result', op: '=', value: 'failed' }) }],
          total: [{ metric: 'events_total', matchers: only('clickstream') }],
        },
        method: 'ratio_time_slices',
        target: 0.99,
        window: rolling(90),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'partner-reports',
    name: 'Partner reports',
    description: 'Weekly figures for partners.',
    tier: 'best_effort',
    kind: 'batch',
    team: 'data',
    labels: { product: 'analytics' },
    signals: batches({ service: 'partner-reports', every: 7 * DAY, records: 2_000, late: steady(0) }),
    slos: [
      {
        slug: 'on-time',
        name: 'Reports on time',
        description: 'Four runs in four weeks are too few for a judgement.',
        indicator: {
          kind: 'freshness-batches',
          batches: { metric: 'batch_runs_total', matchers: only('partner-reports') },
          late: [{ label: 'outcome', op: '=', value: 'late' }],
        },
        target: 0.95,
        window: rolling(28),
        minEvents: 20,
        shows: 'not-enough-data',
      },
    ],
  },
  {
    slug: 'legacy-export',
    name: 'Legacy export',
    description: 'Nobody has asked for an export in three weeks; it still runs.',
    tier: 'best_effort',
    kind: 'api',
    team: 'data',
    labels: { product: 'analytics' },
    signals: httpTraffic({
      service: 'legacy-export',
      // Used until three weeks ago, and again in a year.
      perSecond: 0.4,
      rhythm: 'flat',
      routes: { '/export': 1 },
      failing: steady(0.001),
    }).map((signal) => ({
      ...signal,
      add: (at, step, values, first) => {
        const used = except(anchor, 1, [{ before: 21 * DAY, lasts: 365 * DAY }, 0])(at)
        if (used) signal.add(at, step, values, first)
      },
    })),
    slos: [
      {
        slug: 'requests-served',
        name: 'Exports served',
        description: 'Idle, and untouched.',
        indicator: {
          kind: 'availability',
          requests: requestsOf('legacy-export'),
          failed: [{ label: 'status', op: '=~', value: '5..' }],
        },
        target: 0.99,
        window: rolling(28),
        shows: 'healthy',
      },
    ],
  },
]
