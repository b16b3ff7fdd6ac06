'use client'
import { useFormContext } from 'react-hook-form'
import { StateWord } from '@/components/slo/state-badge'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { STATES_IN_ORDER } from '@/lib/policy/matrix'

/** What each state means for the work, in words that anyone can be sent. */
export function StateFields() {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const errorAt = useErrorAt()
  return (
    <fieldset className="e-section">
      <legend>In words</legend>
      {STATES_IN_ORDER.map((state) => (
        <fieldset key={state} className="b-words">
          <legend>
            <StateWord state={state} />
          </legend>
          <Field label="What follows" error={errorAt(`states.${state}.consequence`)}>
            {(ids) => <textarea className="input c-reason" rows={2} {...ids} {...register(`states.${state}.consequence`)} />}
          </Field>
          <Field label="All-clear" error={errorAt(`states.${state}.allClear`)} hint="What is allowed again when it is better.">
            {(ids) => <textarea className="input c-reason" rows={2} {...ids} {...register(`states.${state}.allClear`)} />}
          </Field>
        </fieldset>
      ))}
    </fieldset>
  )
}
