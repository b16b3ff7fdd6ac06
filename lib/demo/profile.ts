import { type Characteristics, NOTHING_STATED } from '../service/characteristics'
import type { ServiceContext, ServiceLinks } from '../service/definition-input'
import { operationsProfiles } from './profiles/operations'
import type { DemoProfile } from './profiles/profile'
import { shopProfiles } from './profiles/shop'

const PROFILES: Record<string, DemoProfile> = { ...shopProfiles, ...operationsProfiles }

const SLO_OWNER = 'sofia@demo.headroom.example'
const PRODUCT_OWNER = 'pablo@demo.headroom.example'
/** Teams whose services somebody decides about; nobody has been named for the others. */
const WITH_PRODUCT_OWNER = ['storefront', 'payments', 'fulfilment']

export type DemoDescription = {
  links: ServiceLinks
  context: ServiceContext
  characteristics: Characteristics
  needs: string[]
  sloOwner: string
  productOwner: string | null
}

/** Links, context, facts, arrows and owners of a service of the demo. */
export function descriptionOf({ slug, team }: { slug: string; team: string }): DemoDescription {
  const { context, characteristics, needs } = PROFILES[slug] ?? {
    context: { userExpectations: '', businessImpact: '', technicalConstraints: '' },
    characteristics: {},
    needs: [],
  }
  return {
    links: {
      runbook: `https://runbooks.shop.example/${slug}`,
      dashboard: `https://dashboards.shop.example/d/${slug}`,
      repository: `https://git.shop.example/${team}/${slug}`,
    },
    context,
    characteristics: { ...NOTHING_STATED, ...characteristics },
    needs,
    sloOwner: SLO_OWNER,
    productOwner: WITH_PRODUCT_OWNER.includes(team) ? PRODUCT_OWNER : null,
  }
}
