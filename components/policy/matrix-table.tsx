import { StateWord } from '@/components/slo/state-badge'
import type { BudgetPolicy } from '@/lib/policy/budget-policy'
import { STATES_IN_ORDER } from '@/lib/policy/matrix'
import { titled } from '@/lib/policy/words'
import { RISKS } from '@/lib/release/vocabulary'
import { DecisionWord } from './decision-word'

/** What a release gets, by the state of the worst gating SLO and its own risk. */
export function MatrixTable({ matrix }: { matrix: BudgetPolicy['matrix'] }) {
  return (
    <table className="b-matrix">
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
              <td key={risk}>
                <DecisionWord decision={matrix[state][risk]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
