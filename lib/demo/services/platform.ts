import { DAY, HOUR, MINUTE, type UnixSeconds } from '../../time-series/units'
import { availabilityOf, latencyOf, only, rolling } from '../indicators'
import type { DemoService } from '../service'
import { except, steady, weekdayOf } from '../shape'
import { flow, gauge, httpTraffic } from '../signal'

/** Sign-in was down for twelve minutes; the shop and the cart felt it. */
export const IDENTITY_OUTAGE = { before: 6 * DAY, lasts: 12 * MINUTE, every: 35 * DAY }
/** A mail provider turned away more than usual for two days and more. */
const PROVIDER_SLOW = { before: 53 * HOUR, lasts: 5 * DAY, every: 45 * DAY }

export const platformServices = (anchor: UnixSeconds): DemoService[] => [
  {
    slug: 'identity-api',
    name: 'Identity',
    description: 'Sign-in and tokens for everything else.',
    tier: 'critical',
    kind: 'api',
    team: 'platform',
    labels: { product: 'core', region: 'eu' },
    signals: [
      ...httpTraffic({
        service: 'identity-api',
        perSecond: 25,
        rhythm: 'shop',
        instances: ['a', 'b'],
        routes: { '/token': 0.8, '/sign-in': 0.2 },
        failing: except(anchor, 0.0001, [IDENTITY_OUTAGE, 1]),
        slow: { than: 0.1, share: steady(0.003) },
      }),
      gauge('replica_in_sync_ratio', { service: 'identity-api' }, (at) => (at % (9 * HOUR) < 3 * MINUTE ? 0.66 : 1)),
    ],
    slos: [
      {
        slug: 'sign-ins-served',
        name: 'Sign-ins served',
        description: 'People and services get in.',
        indicator: availabilityOf('identity-api'),
        target: 0.999,
        window: rolling(30),
        gating: true,
        labels: { journey: 'buy' },
        shows: 'healthy',
      },
      {
        slug: 'tokens-within-100ms',
        name: 'Tokens within 100 ms',
        description: 'Nobody waits for a token.',
        indicator: latencyOf('identity-api', 0.1),
        target: 0.99,
        window: rolling(30),
        shows: 'healthy',
      },
      {
        slug: 'replicas-in-sync',
        name: 'Replicas in sync',
        description: 'Share of the replicas that could take over at once.',
        indicator: { kind: 'ratio', expression: 'min(replica_in_sync_ratio{service="identity-api"})' },
        method: 'ratio_time_slices',
        target: 0.99,
        window: rolling(7),
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'email-dispatch',
    name: 'E-mail dispatch',
    description: 'Sends confirmations and news.',
    tier: 'standard',
    kind: 'streaming',
    team: 'platform',
    labels: { product: 'core' },
    signals: flow({
      service: 'email-dispatch',
      perSecond: 8,
      rhythm: 'shop',
      lost: except(anchor, 0.0045, [PROVIDER_SLOW, 0.0143]),
    }),
    slos: [
      {
        slug: 'accepted',
        name: 'E-mails accepted',
        description: 'Providers take what is sent.',
        indicator: {
          kind: 'bad-total',
          bad: [{ metric: 'events_total', matchers: only('email-dispatch', { label: 'result', op: '=', value: 'failed' }) }],
          total: [{ metric: 'events_total', matchers: only('email-dispatch') }],
        },
        target: 0.99,
        window: rolling(30),
        shows: 'attention',
      },
      {
        slug: 'keeps-sending',
        name: 'Keeps sending',
        description: 'At least one e-mail a second.',
        indicator: {
          kind: 'throughput',
          events: { metric: 'records_processed_total', matchers: only('email-dispatch') },
          floorPerSecond: 1,
        },
        target: 0.99,
        window: { kind: 'calendar', unit: 'quarter', timeZone: 'Europe/London' },
        shows: 'healthy',
      },
    ],
  },
  {
    slug: 'loyalty-points',
    name: 'Loyalty points',
    description: 'Collects and spends points. Went live five hours ago.',
    tier: 'standard',
    kind: 'api',
    team: 'platform',
    labels: { product: 'shop' },
    from: anchor - 5 * HOUR,
    signals: httpTraffic({
      service: 'loyalty-points',
      perSecond: 3,
      rhythm: 'shop',
      routes: { '/points': 1 },
      failing: steady(0.002),
      slow: { than: 0.3, share: steady(0.01) },
    }),
    slos: [
      {
        slug: 'requests-served',
        name: 'Points served',
        description: 'Collecting and spending works.',
        indicator: availabilityOf('loyalty-points'),
        target: 0.995,
        window: rolling(30),
        shows: 'not-enough-data',
      },
      {
        slug: 'within-300ms',
        name: 'Points within 300 ms',
        description: 'Points show up at once.',
        indicator: latencyOf('loyalty-points', 0.3),
        target: 0.95,
        window: rolling(30),
        shows: 'not-enough-data',
      },
    ],
  },
  {
    slug: 'staff-wiki',
    name: 'Staff wiki',
    description: 'Used in office hours only.',
    tier: 'best_effort',
    kind: 'web',
    team: 'platform',
    labels: { product: 'internal' },
    // Its host is patched on Saturday nights: longer than a step of the charts, so that the gap shows in every range.
    unscraped: (at) => weekdayOf(at) === 6 && at % DAY >= HOUR && at % DAY < 5 * HOUR,
    signals: httpTraffic({
      service: 'staff-wiki',
      perSecond: 1.5,
      rhythm: 'office',
      routes: { '/wiki': 1 },
      failing: steady(0.004),
      slow: { than: 1, share: steady(0.03) },
    }),
    slos: [
      {
        slug: 'pages-served',
        name: 'Wiki pages served',
        description: 'Nights and weekends are idle, and idle is not an outage.',
        indicator: availabilityOf('staff-wiki'),
        target: 0.99,
        window: rolling(28),
        shows: 'healthy',
      },
      {
        slug: 'pages-within-1s',
        name: 'Wiki pages within 1 s',
        description: 'Reading is not waiting.',
        indicator: latencyOf('staff-wiki', 1),
        target: 0.9,
        window: rolling(28),
        shows: 'healthy',
      },
    ],
  },
]
