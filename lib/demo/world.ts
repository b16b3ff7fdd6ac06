import type { Role } from '../auth/role'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { chance, keyOf } from './chance'
import type { DemoService } from './service'
import { dataServices } from './services/data'
import { fulfilmentServices } from './services/fulfilment'
import { paymentServices } from './services/payments'
import { platformServices } from './services/platform'
import { storefrontServices } from './services/storefront'
import { type Episode, isDuring } from './shape'

export const TEAMS: { slug: string; name: string }[] = [
  { slug: 'storefront', name: 'Storefront' },
  { slug: 'payments', name: 'Payments' },
  { slug: 'fulfilment', name: 'Fulfilment' },
  { slug: 'platform', name: 'Platform' },
  { slug: 'data', name: 'Data' },
]

export const PEOPLE: { email: string; name: string; role: Role; team: string }[] = [
  { email: 'vera@demo.headroom.example', name: 'Vera Lindqvist', role: 'viewer', team: 'storefront' },
  { email: 'emil@demo.headroom.example', name: 'Emil Okafor', role: 'engineer', team: 'platform' },
  { email: 'sofia@demo.headroom.example', name: 'Sofia Marchetti', role: 'slo_owner', team: 'payments' },
  { email: 'pablo@demo.headroom.example', name: 'Pablo Reyes', role: 'product_owner', team: 'storefront' },
  { email: 'ada@demo.headroom.example', name: 'Ada Novak', role: 'administrator', team: 'platform' },
]

/** An online shop, as it stands at `anchor`: the moment the demo was made. Pure: the same anchor, the same world. */
export const demoWorld = (anchor: UnixSeconds): DemoService[] =>
  [
    ...storefrontServices(anchor),
    ...paymentServices(anchor),
    ...fulfilmentServices(anchor),
    ...platformServices(anchor),
    ...dataServices(anchor),
  ].map((service) => {
    const gap = gapOf(service)
    return { ...service, unscraped: (at) => isDuring(anchor, gap, at) || (service.unscraped?.(at) ?? false) }
  })

const [GAP, GAP_EVERY] = [25 * MINUTE, 11 * DAY]
/** Around the anchor nothing is missing: whoever starts the demo sees the same at every hour. */
const [SEEN_BEFORE, SEEN_AFTER] = [6 * HOUR, 18 * HOUR]

/** Every eleven days a service is not scraped for a while. */
const gapOf = ({ slug }: DemoService): Episode => ({
  before: GAP + SEEN_BEFORE + Math.floor(chance(keyOf(slug), 2) * (GAP_EVERY - GAP - SEEN_BEFORE - SEEN_AFTER)),
  ...{ lasts: GAP, every: GAP_EVERY },
})
