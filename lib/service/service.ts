import type { ServiceSummary } from '../slo/detail'
import type { SloState } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'
import type { ServiceRecord } from './definition-input'
import type { ManagedService } from './managed'
import type { Tier } from './tier'
import type { TierRecommendation } from './tier-recommendation'

export type Person = { name: string; email: string }

/** Who answers for a service, by role. */
export type ServiceOwners = {
  sloOwner: Person | null
  engineeringTeam: { slug: string; name: string }
  productOwner: Person | null
}

/** A service at the other end of an arrow of the graph. */
export type Neighbour = { slug: string; name: string; tier: Tier; worst: SloState | null }

/** Everything lists, pages and the API show of a service besides its SLOs. */
export type Service = ServiceSummary & {
  worst: SloState | null
  version: number
  createdAt: UnixSeconds
  definition: ServiceRecord
  owners: ServiceOwners
  /** services it needs */
  dependencies: Neighbour[]
  /** services that need it */
  dependants: Neighbour[]
  recommendation: TierRecommendation | null
  managed: ManagedService | null
}
