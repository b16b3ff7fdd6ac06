'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { StateWord } from '@/components/slo/state-badge'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { STATES_IN_ORDER } from '@/lib/policy/matrix'
import { policyWarnings, titled } from '@/lib/policy/words'
import { RISKS } from '@/lib/release/vocabulary'
import { DecisionOptions, DecisionSelect } from './decision-select'

/** What a release gets, cell by cell, and how bad it can get by the type of the change. */
export function MatrixFields() {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const matrix = useWatch<BudgetPolicyDraft, 'matrix'>({ name: 'matrix' })
  return (
    <fieldset className="e-section">
      <legend>What a release gets</legend>
      <table className="b-grid">
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
                  <select
                    className={`input b-cell is-${matrix[state][risk]}`}
                    aria-label={`${titled(state)}, ${risk} risk`}
                    {...register(`matrix.${state}.${risk}`)}
                  >
                    <DecisionOptions />
                  </select>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {policyWarnings({ matrix }).map((warning) => (
        <p key={warning} className="e-finding e-warning">
          <b>Check</b> {warning}
        </p>
      ))}
      <div className="b-four">
        <DecisionSelect name="unknown" label="Without data, at best" />
        <DecisionSelect name="lanes.feature" label="Feature, at worst" hint="Block: no lane." />
        <DecisionSelect name="lanes.reliability_fix" label="Reliability fix, at worst" />
        <DecisionSelect name="lanes.security_fix" label="Security fix, at worst" />
      </div>
    </fieldset>
  )
}
