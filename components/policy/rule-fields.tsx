'use client'
import { type Path, useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { ROLES } from '@/lib/auth/role'
import { SEVERITIES, SEVERITY_WORDS } from '@/lib/incident/severity'
import type { BudgetPolicyDraft } from '@/lib/policy/draft'
import { roleText, titled } from '@/lib/policy/words'
import { APPROVER_ROLES, RISKS } from '@/lib/release/vocabulary'
import { DecisionSelect } from './decision-select'

/** Costs, incidents, people, and what holds while nobody knows. */
export function RuleFields() {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const errorAt = useErrorAt()
  const figure = (name: 'costFloor' | 'validHours' | 'longestDays' | 'largestLimit', label: string, hint?: string) => (
    <Field label={label} error={errorAt(name)} hint={hint}>
      {(ids) => <input className="input num" inputMode="decimal" {...ids} {...register(name)} />}
    </Field>
  )
  return (
    <>
      <fieldset className="e-section">
        <legend>Open incidents</legend>
        <Checks
          name="incidents.severities"
          label="Those that count"
          items={SEVERITIES.map((one) => ({ value: one, word: SEVERITY_WORDS[one].name }))}
        />
        <div className="e-pair">
          <DecisionSelect name="incidents.here" label="At the service, at best" />
          <DecisionSelect name="incidents.dependencies" label="At a service it needs, at best" />
        </div>
      </fieldset>
      <fieldset className="e-section">
        <legend>Who decides, and for how long</legend>
        {RISKS.map((risk) => (
          <Checks
            key={risk}
            name={`approvers.${risk}`}
            label={`Review, ${risk} risk`}
            items={APPROVER_ROLES.map((role) => ({ value: role, word: titled(roleText(role)) }))}
          />
        ))}
        <div className="b-four">
          {figure('validHours', 'Decision holds, h')}
          {figure('costFloor', 'Has to be left, %', 'After a costly release.')}
          {figure('longestDays', 'Waiver holds, d', 'At most.')}
          {figure('largestLimit', 'Waiver spends, %', 'At most, of the budget.')}
        </div>
      </fieldset>
      <fieldset className="e-section">
        <legend>When Headroom or data are missing</legend>
        <div className="e-pair">
          <Field label="Headroom does not answer" error={errorAt('unreachable.portal')}>
            {(ids) => (
              <select className="input" {...ids} {...register('unreachable.portal')}>
                <option value="closed">A pipeline stops</option>
                <option value="open">A pipeline goes on</option>
              </select>
            )}
          </Field>
          <Field label="Data are missing, at best" error={errorAt('unreachable.data')}>
            {(ids) => (
              <select className="input" {...ids} {...register('unreachable.data')}>
                <option value="review">Review</option>
                <option value="block">Block</option>
              </select>
            )}
          </Field>
        </div>
      </fieldset>
      <fieldset className="e-section">
        <legend>Agreement</legend>
        <Checks
          name="agreedBy"
          label="One person of each agrees to every version"
          items={ROLES.map((role) => ({ value: role, word: titled(roleText(role)) }))}
        />
      </fieldset>
    </>
  )
}

type ChecksProps = { name: Path<BudgetPolicyDraft>; label: string; items: { value: string; word: string }[] }

function Checks({ name, label, items }: ChecksProps) {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const error = useErrorAt()(name)
  return (
    <fieldset className="b-checks">
      <legend className="field-label">{label}</legend>
      {items.map(({ value, word }) => (
        <label key={value} className="check">
          <input type="checkbox" value={value} {...register(name)} />
          <span>{word}</span>
        </label>
      ))}
      {error ? <p className="field-error">{error}</p> : null}
    </fieldset>
  )
}
