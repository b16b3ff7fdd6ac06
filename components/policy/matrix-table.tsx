import type { ReactNode } from 'react'
import { StateWord } from '@/components/slo/state-badge'
import { STATES_IN_ORDER } from '@/lib/policy/matrix'
import { titled } from '@/lib/policy/words'
import { RISKS, type Risk } from '@/lib/release/vocabulary'

type State = (typeof STATES_IN_ORDER)[number]
type Props = { className: string; cell: (state: State, risk: Risk) => ReactNode }

/** What a release gets, by the state of the worst gating SLO and its own risk. */
export function MatrixTable({ className, cell }: Props) {
  return (
    <table className={className}>
      <caption className="sr-only">Decisions by state and risk</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          {RISKS.map((risk) => (
            <th key={risk} scope="col">
              {titled(risk)} risk
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {STATES_IN_ORDER.map((state) => (
          <tr key={state}>
            <th scope="row">
              <StateWord state={state} />
            </th>
            {RISKS.map((risk) => (
              <td key={risk}>{cell(state, risk)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
