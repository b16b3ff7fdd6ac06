'use client'
import { useFormContext } from 'react-hook-form'
import { StateWord } from '@/components/slo/state-badge'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { titled } from '@/lib/policy/words'

const LEVELS = ['attention', 'warning', 'critical'] as const

/** When each state begins. */
export function ThresholdFields() {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const errorAt = useErrorAt()
  const errors = LEVELS.flatMap((level) => errorAt(`pace.${level}`) ?? errorAt(`floor.${level}`) ?? [])
  const cell = (field: `pace.${(typeof LEVELS)[number]}` | `floor.${(typeof LEVELS)[number]}`, label: string) => (
    <td>
      <input
        className="input num"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={errorAt(field) !== undefined}
        aria-describedby={errorAt(field) ? 'thresholds-error' : undefined}
        {...register(field)}
      />
    </td>
  )
  return (
    <fieldset className="e-section">
      <legend>When a state begins</legend>
      <table className="b-grid">
        <caption className="sr-only">Thresholds of each state</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">
              Pace above <span className="u">×</span>
            </th>
            <th scope="col">
              or left below <span className="u">%</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level) => (
            <tr key={level}>
              <th scope="row">
                <StateWord state={level} />
              </th>
              {cell(`pace.${level}`, `${titled(level)}, pace above`)}
              {cell(`floor.${level}`, `${titled(level)}, left below`)}
            </tr>
          ))}
        </tbody>
      </table>
      {errors.length > 0 ? (
        <p id="thresholds-error" className="field-error">
          {errors.join(' ')}
        </p>
      ) : null}
      <Field
        label="Pace looks back over, %"
        className="field-short"
        error={errorAt('lookback')}
        hint="Of the window: 10 % of 30 d are 3 d."
      >
        {(ids) => <input className="input num" inputMode="decimal" {...ids} {...register('lookback')} />}
      </Field>
      <p className="field-hint">Exhausted begins when nothing is left; healthy is what remains.</p>
    </fieldset>
  )
}
