import type { OverviewColumns } from '../slo/overview-rows'
import { type SloState, stateRank } from '../slo/state'

/** Number of SLOs in each state, by the slug of their service. */
export function statesByService({ serviceSlug, state }: OverviewColumns): Map<string, Partial<Record<SloState, number>>> {
  const all = new Map<string, Partial<Record<SloState, number>>>()
  serviceSlug.forEach((slug, row) => {
    const known = state[row]
    if (known === undefined) return
    const states = all.get(slug) ?? {}
    states[known] = (states[known] ?? 0) + 1
    all.set(slug, states)
  })
  return all
}

/** A service is as well as the worst of its SLOs; `null` without any. */
export function worstState(states: Partial<Record<SloState, number>> = {}): SloState | null {
  return (Object.keys(states) as SloState[]).sort((a, b) => stateRank(a) - stateRank(b))[0] ?? null
}
