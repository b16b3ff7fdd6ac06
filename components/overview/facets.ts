import type { OverviewTable } from '@/lib/slo/overview-rows'
import { FACETS, type Facet } from '@/lib/slo/overview-summary'

export type Facets = Record<keyof typeof FACETS, Facet[]>

/** What the filter menus offer. */
export const facetsOf = ({ columns }: OverviewTable): Facets => ({
  tier: FACETS.tier(columns),
  kind: FACETS.kind(columns),
  owner: FACETS.owner(columns),
  window: FACETS.window(columns),
  label: FACETS.label(columns),
  check: FACETS.check(columns),
})
