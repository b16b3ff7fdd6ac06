'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { policyWarnings, titled } from '@/lib/policy/words'
import { DecisionOptions, DecisionSelect } from './decision-select'
import { MatrixTable } from './matrix-table'

/** What a release gets, cell by cell, and how bad it can get by the type of the change. */
export function MatrixFields() {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const matrix = useWatch<BudgetPolicyDraft, 'matrix'>({ name: 'matrix' })
  return (
    <fieldset className="e-section">
      <legend>What a release gets</legend>
      <MatrixTable
        className="b-grid"
        cell={(state, risk) => (
          <select
            className={`input b-cell is-${matrix[state][risk]}`}
            aria-label={`${titled(state)}, ${risk} risk`}
            {...register(`matrix.${state}.${risk}`)}
          >
            <DecisionOptions />
          </select>
        )}
      />
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
