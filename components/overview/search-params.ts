import { createLoader, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { type OverviewFilter, SPOTLIGHTS } from '@/lib/slo/overview-filter'
import { GROUPINGS, type Grouping, SORT_KEYS, type Sort } from '@/lib/slo/overview-rows'
import { SLO_STATES } from '@/lib/slo/state'

const words = parseAsArrayOf(parseAsString).withDefault([])

/** Everything one can choose on the overview lives in the address. */
export const overviewParams = {
  q: parseAsString.withDefault(''),
  state: parseAsArrayOf(parseAsStringLiteral(SLO_STATES)).withDefault([]),
  tier: words,
  kind: words,
  owner: words,
  gating: parseAsBoolean,
  window: words,
  label: words,
  check: words,
  only: parseAsStringLiteral(SPOTLIGHTS),
  sort: parseAsStringLiteral(['urgency', ...SORT_KEYS] as const).withDefault('urgency'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('desc'),
  group: parseAsStringLiteral(GROUPINGS).withDefault('urgency'),
}

export const loadOverviewParams = createLoader(overviewParams)
export type OverviewParams = Awaited<ReturnType<typeof loadOverviewParams>>

export const filterOf = ({
  q,
  state,
  tier,
  kind,
  owner,
  gating,
  window,
  label,
  check,
  only,
}: OverviewParams): OverviewFilter => ({
  ...{ q, state, tier, kind, owner, gating, window, label, check, only },
})
export const sortOf = ({ sort, dir }: OverviewParams): Sort => ({ key: sort, descending: dir === 'desc' })
export const groupingOf = ({ group }: OverviewParams): Grouping => group
