'use client'
import { type Path, useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { DECISION_WORDS, DECISIONS, type Decision } from '@/lib/release/vocabulary'

type Props = { name: Path<BudgetPolicyDraft>; label: string; hint?: string; but?: Decision }

/** One of the decisions, under its label. `but`: not this one. */
export function DecisionSelect({ name, label, hint, but }: Props) {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const errorAt = useErrorAt()
  return (
    <Field label={label} hint={hint} error={errorAt(name)}>
      {(ids) => (
        <select className="input" {...ids} {...register(name)}>
          <DecisionOptions but={but} />
        </select>
      )}
    </Field>
  )
}

export const DecisionOptions = ({ but }: { but?: Decision }) => (
  <>
    {DECISIONS.filter((decision) => decision !== but).map((decision) => (
      <option key={decision} value={decision}>
        {DECISION_WORDS[decision]}
      </option>
    ))}
  </>
)
