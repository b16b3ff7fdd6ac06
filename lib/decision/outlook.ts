import { factorText } from '../format'
import type { JudgedState, SloState } from '../slo/state'
import { judge } from '../slo/status'
import type { Ratio } from '../time-series/units'
import type { ReleaseDecision } from './decision'

/** What a release may do to the budget that it would leave least of. */
export type Scenario = { name: string; note: string; costs: Ratio | null; leaves: number; state: SloState | JudgedState }
export type CostOutlook = {
  slo: { id: number; name: string }
  scenarios: Scenario[]
  /** floors of the policy under which a state gets worse, highest first */
  floors: Ratio[]
  /** ends of the scale that all bars share: shares of the budget */
  low: number
  high: number
}

/** From nothing to the costly tenth, with what would be left and the state that this gives by the policy; `null` without a past. */
export function costOutlook({ cost, slos, conditions, policy, change }: ReleaseDecision): CostOutlook | null {
  const slo = cost && slos.find(({ id }) => id === cost.slo.id)
  if (!cost || !slo) return null
  const canary = conditions.find((one) => one.kind === 'canary')
  const after = (name: string, note: string, costs: Ratio): Scenario => {
    const leaves = cost.remaining - costs
    return { name, note, costs, leaves, state: judge(leaves, slo.pace, policy.status).state }
  }
  const releases = cost.releases === 1 ? 'release' : 'releases'
  const scenarios: Scenario[] = [
    { name: 'Nothing', note: 'no release', costs: null, leaves: cost.remaining, state: slo.state },
    ...(canary
      ? [
          after(
            'Canary fails',
            `${factorText(canary.share * 100)} % of traffic, ${canary.minutes} min`,
            cost.costly * canary.share,
          ),
        ]
      : []),
    after(
      'Typical',
      cost.basis === 'risk'
        ? `median of ${cost.releases} ${releases} of ${change.risk} risk`
        : `median of ${cost.releases} ${releases} of any risk`,
      cost.typical,
    ),
    after('Costly tenth', '9 in 10 cost less', cost.costly),
  ]
  const lowest = Math.min(0, ...scenarios.map(({ leaves }) => leaves))
  const highest = Math.max(policy.status.floor.warning * 1.5, cost.remaining)
  const span = highest - lowest
  return {
    slo: cost.slo,
    scenarios,
    floors: [policy.status.floor.attention, policy.status.floor.warning, policy.status.floor.critical],
    low: lowest - span * 0.06,
    high: highest + span * 0.04,
  }
}
