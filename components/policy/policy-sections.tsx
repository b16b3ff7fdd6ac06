import { Pairs } from '@/components/service/pairs'
import { factorText } from '@/lib/format'
import type { BudgetPolicy } from '@/lib/policy/budget-policy'
import { freezesAt, nextFreeze } from '@/lib/policy/verdict'
import { approversText, DECISION_MEANING, freezeText, laneText, nextText, percentText, severitiesText } from '@/lib/policy/words'
import { CHANGE_TYPES, RISKS } from '@/lib/release/vocabulary'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { settings: BudgetPolicy }

export const Lanes = ({ settings: { lanes } }: Props) => (
  <ul className="b-list">
    {CHANGE_TYPES.map((type) => (
      <li key={type}>{laneText(type, lanes[type])}</li>
    ))}
  </ul>
)

/** Each with when it comes next. */
export function Freezes({ settings, now }: Props & { now: UnixSeconds }) {
  if (settings.freezes.length === 0) return <p>None: releases go out at any time of the year.</p>
  return (
    <ul className="b-list">
      {settings.freezes.map((freeze) => {
        const only = { freezes: [freeze] }
        return (
          <li key={freeze.name}>
            <b>{freeze.name}</b>, {freezeText(freeze)}. {nextText(freezesAt(only, now)[0], nextFreeze(only, now), now)}
          </li>
        )
      })}
    </ul>
  )
}

export function Incidents({ settings: { incidents } }: Props) {
  if (incidents.severities.length === 0) return <p>Open incidents decide nothing.</p>
  return (
    <p>
      While an incident of {severitiesText(incidents.severities)} is open at the service, a release{' '}
      {DECISION_MEANING[incidents.here]}; while one is open at a service that it needs, it{' '}
      {DECISION_MEANING[incidents.dependencies]}. What is worse counts.
    </p>
  )
}

export function Approvals({ settings: { approvers, validHours, waivers } }: Props) {
  return (
    <>
      <Pairs items={RISKS.map((risk) => ({ name: `Review, ${risk} risk`, text: approversText(approvers[risk]) }))} />
      <p>
        A decision holds {factorText(validHours)} h, or until a state changes. What is blocked goes out only with a waiver: two
        people, at most {factorText(waivers.longestDays)} d, and at most {percentText(waivers.largestLimit)} of the budget. It
        ends by itself.
      </p>
    </>
  )
}

export const Missing = ({ settings: { unreachable } }: Props) => (
  <p>
    When Headroom does not answer, a pipeline{' '}
    {unreachable.portal === 'open' ? 'goes on, and says so.' : 'stops, until Headroom answers or a person goes on by hand.'} While
    data are missing, a release {DECISION_MEANING[unreachable.data]} at best.
  </p>
)
