import type { Criticality } from '../journey/journey'
import type { CompositeRule } from '../slo/composite'
import { rolling } from './indicators'
import type { DemoSlo } from './service'

export type DemoJourney = {
  slug: string
  name: string
  criticality: Criticality
  description: string
  businessImpact: string
  /** `slo` is "service/slo" */
  steps: { name: string; sliType: string; threshold: string; slo: string | null }[]
  /** the composite SLO over the whole way, and the service that answers for it */
  result?: { service: string; slo: Omit<DemoSlo, 'shows'> }
}

const over = (slug: string, name: string, rule: CompositeRule, target: number, members: string[]): Omit<DemoSlo, 'shows'> => ({
  ...{ slug, name, target, method: 'ratio_time_slices', window: rolling(30) },
  description: 'How the whole way went, minute by minute.',
  indicator: {
    ...{ kind: 'composite', rule, late: 'leave-out' },
    members: members.map((key) => {
      const [service = '', slo = ''] = key.split('/')
      return { service, slo, weight: 1 }
    }),
  },
})

export const JOURNEYS: DemoJourney[] = [
  {
    slug: 'buy-something',
    name: 'Buy something',
    criticality: 'critical',
    description: 'From the first page to a paid order.',
    businessImpact:
      'No orders: at a busy hour every minute of it costs about 40 of them, and half of those people do not come back today.',
    steps: [
      { name: 'Open the shop', sliType: 'availability', threshold: '99.9 %', slo: 'storefront-web/pages-served' },
      { name: 'Find it', sliType: 'availability', threshold: '99.9 %', slo: 'search-api/answers' },
      { name: 'Put it into the cart', sliType: 'availability', threshold: '99.9 %', slo: 'cart-api/requests-served' },
      { name: 'Place the order', sliType: 'availability', threshold: '99.95 %', slo: 'checkout-api/orders-placed' },
      { name: 'Pay', sliType: 'availability', threshold: '99.95 %', slo: 'payment-gateway/payments-accepted' },
    ],
    result: {
      service: 'storefront-web',
      slo: over('buy-something', 'Buy something', 'product', 0.99, [
        'search-api/answers',
        'cart-api/requests-served',
        'checkout-api/orders-placed',
        'payment-gateway/payments-accepted',
      ]),
    },
  },
  {
    slug: 'sign-in-and-see-points',
    name: 'Sign in and see points',
    criticality: 'high',
    description: 'Regulars come back, sign in and look at what they have saved up.',
    businessImpact: 'Regulars order without their account, or not at all; support hears of it within minutes.',
    steps: [
      { name: 'Sign in', sliType: 'availability', threshold: '99.9 %', slo: 'identity-api/sign-ins-served' },
      { name: 'Get a token', sliType: 'latency', threshold: '100 ms', slo: 'identity-api/tokens-within-100ms' },
      { name: 'See the points', sliType: 'availability', threshold: '99.5 %', slo: 'loyalty-points/requests-served' },
    ],
    result: {
      service: 'identity-api',
      slo: over('sign-in-and-see-points', 'Sign in and see points', 'worst-of', 0.98, [
        'identity-api/sign-ins-served',
        'identity-api/tokens-within-100ms',
        'loyalty-points/requests-served',
      ]),
    },
  },
  {
    slug: 'get-it-delivered',
    name: 'Get it delivered',
    criticality: 'high',
    description: 'A paid order becomes a parcel at the door.',
    businessImpact: 'Parcels are late: refunds, and calls to support two days later.',
    steps: [
      { name: 'Order reaches the warehouse', sliType: 'custom ratio', threshold: '99.9 %', slo: 'order-events/delivered' },
      { name: 'Price the shipping', sliType: 'availability', threshold: '99.5 %', slo: 'shipping-quotes/quotes-given' },
      { name: 'Pack and scan', sliType: 'availability', threshold: '99 %', slo: 'warehouse-scanner/scans-accepted' },
      { name: 'Hear about it by e-mail', sliType: 'custom ratio', threshold: '99 %', slo: 'email-dispatch/accepted' },
      { name: 'Follow the parcel', sliType: 'freshness', threshold: '30 min', slo: null },
    ],
  },
  {
    slug: 'get-help',
    name: 'Get help',
    criticality: 'medium',
    description: 'An answer without a telephone call.',
    businessImpact: 'Calls to support double.',
    steps: [
      { name: 'Read the help pages', sliType: 'availability', threshold: '99.5 %', slo: 'help-centre/pages-served' },
      { name: 'They are quick', sliType: 'latency', threshold: '1 s', slo: 'help-centre/pages-within-1s' },
      { name: 'Write to somebody', sliType: 'availability', threshold: '99 %', slo: null },
    ],
  },
]
