import type { ConditionLine } from '../decision/condition-draft'
import type { ChangeType, Risk } from '../release/vocabulary'
import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { chance, keyOf } from './chance'

/** What people of the demo want to release, and said about it. Lengths count from when the demo is ready. */
export type DemoRequest = {
  service: string
  version: string
  changeType: ChangeType
  risk: Risk
  by: string
  before: Seconds
  /** from now; null: as soon as it may */
  plannedIn: Seconds | null
  description: string
  rollbackPlan: string
  links?: string[]
  /** what people said, in order */
  said?: { by: string; role: 'product_owner' | 'slo_owner'; approves: boolean; note: string; after: Seconds }[]
  conditions?: { condition: Record<string, unknown> & { kind: ConditionLine['kind'] }; kept: boolean }[]
  ends?: { status: 'draft' | 'refused' | 'expired' | 'withdrawn'; reason: string; after: Seconds }
}

export const EMIL = 'emil@demo.headroom.example'
export const SOFIA = 'sofia@demo.headroom.example'
export const PABLO = 'pablo@demo.headroom.example'
export const ADA = 'ada@demo.headroom.example'

const git = (service: string, change: number) => `https://git.shop.example/changes/${service}/${change}`

/** The oldest first. Each service stands so that the state is the real one: warning waits or asks, critical and exhausted block. */
export const REQUESTS: DemoRequest[] = [
  {
    ...{ service: 'recommendations', version: '3.91.0', changeType: 'feature', risk: 'medium', by: EMIL, before: 30 * HOUR },
    plannedIn: -26 * HOUR,
    description: 'A ranking that knows the season.',
    rollbackPlan: 'The old ranking stays behind a flag.',
    said: [{ by: ADA, role: 'product_owner', approves: true, note: '', after: 40 * MINUTE }],
    ends: { status: 'expired', reason: 'It was valid until its four hours had passed.', after: 8 * HOUR },
  },
  {
    ...{ service: 'checkout-api', version: '2.90.0', changeType: 'feature', risk: 'high', by: EMIL, before: 22 * HOUR },
    plannedIn: -18 * HOUR,
    description: 'One page for address and payment.',
    rollbackPlan: 'The old pages stay for a week; the switch takes a minute.',
    said: [
      {
        ...{ by: PABLO, role: 'product_owner', approves: false, after: 55 * MINUTE },
        note: 'Not while orders fail as they do. Bring it again in smaller steps.',
      },
    ],
    ends: {
      status: 'refused',
      reason: 'Refused by Pablo Reyes: Not while orders fail as they do. Bring it again in smaller steps.',
      after: 55 * MINUTE,
    },
  },
  {
    ...{ service: 'gift-cards', version: '1.12.0', changeType: 'feature', risk: 'low', by: EMIL, before: 9 * HOUR },
    plannedIn: null,
    description: 'Cards can be sent on a chosen day.',
    rollbackPlan: '',
    ends: { status: 'withdrawn', reason: 'It goes out with the next one.', after: 2 * HOUR },
  },
  {
    ...{ service: 'payment-gateway', version: '5.40.0', changeType: 'feature', risk: 'medium', by: EMIL, before: 6 * HOUR },
    plannedIn: 20 * HOUR,
    description: 'Wallets of a third bank.',
    rollbackPlan: 'The wallet is hidden by its flag within a minute.',
    links: [git('payment-gateway', 812)],
  },
  {
    ...{
      service: 'shipping-quotes',
      version: '2.31.1',
      changeType: 'reliability_fix',
      risk: 'medium',
      by: EMIL,
      before: 5 * HOUR,
    },
    plannedIn: 3 * HOUR,
    description: 'Switches to the price list by itself when the carrier does not answer for five minutes.',
    rollbackPlan: 'The switch back to quotes is a flag.',
    links: [git('shipping-quotes', 377)],
    said: [
      {
        ...{ by: PABLO, role: 'product_owner', approves: true, after: 50 * MINUTE },
        note: 'It is the fix that the last outage asked for.',
      },
    ],
    conditions: [
      { condition: { kind: 'canary', share: 0.1, minutes: 30 }, kept: true },
      { condition: { kind: 'watcher', name: 'Emil Okafor' }, kept: false },
    ],
  },
  {
    ...{ service: 'storefront-web', version: '7.4.0', changeType: 'feature', risk: 'medium', by: EMIL, before: 4 * HOUR },
    plannedIn: 5 * HOUR,
    description: 'Videos on product pages.',
    rollbackPlan: 'Pages without videos are one flag away.',
    links: [git('storefront-web', 2204)],
  },
  {
    ...{ service: 'cart-api', version: '3.18.0', changeType: 'feature', risk: 'high', by: EMIL, before: 3 * HOUR },
    plannedIn: 4 * HOUR,
    description: 'Carts move to the new store, two regions at a time.',
    rollbackPlan: 'Both stores are written for a week. Back takes 20 minutes a region, without loss.',
    links: [git('cart-api', 1440), 'https://tests.shop.example/load/cart-store'],
    said: [
      {
        ...{ by: SOFIA, role: 'slo_owner', approves: true, after: 35 * MINUTE },
        note: 'The load test holds at twice the traffic of a Friday.',
      },
    ],
    conditions: [{ condition: { kind: 'canary', share: 0.05, minutes: 60 }, kept: false }],
  },
  {
    ...{ service: 'identity-api', version: '4.66.0', changeType: 'feature', risk: 'low', by: EMIL, before: 2 * HOUR },
    plannedIn: 2 * HOUR,
    description: 'Clearer words when a password is refused.',
    rollbackPlan: 'The texts are rolled back like any release.',
  },
  {
    ...{
      service: 'search-api',
      version: '4.18.0',
      changeType: 'reliability_fix',
      risk: 'medium',
      by: PABLO,
      before: 95 * MINUTE,
    },
    plannedIn: 3 * HOUR,
    description: 'Query cache in front of the index shards.',
    rollbackPlan: 'The cache is switched off by a flag; queries go to the shards again.',
    links: [git('search-api', 941)],
  },
  {
    ...{ service: 'checkout-api', version: '2.91.0', changeType: 'feature', risk: 'low', by: EMIL, before: 80 * MINUTE },
    plannedIn: 90 * MINUTE,
    description: 'The address form remembers the country.',
    rollbackPlan: 'Back within five minutes by the pipeline.',
    links: [git('checkout-api', 1902)],
  },
  {
    ...{ service: 'order-events', version: '1.77.0', changeType: 'feature', risk: 'low', by: EMIL, before: 20 * MINUTE },
    plannedIn: null,
    description: 'Events carry the shop they came from.',
    rollbackPlan: '',
    ends: { status: 'draft', reason: '', after: 0 },
  },
]

/** Which risk an earlier release had; `null`: nobody asked for it. */
export function riskOfRelease(service: string, at: number): Risk | null {
  const luck = chance(keyOf(`risk of ${service}`), at)
  if (luck < 0.15) return null
  return luck < 0.6 ? 'low' : luck < 0.9 ? 'medium' : 'high'
}
