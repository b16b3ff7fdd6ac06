'use client'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { useErrorAt } from '@/components/ui/use-error-at'
import { type BudgetPolicyDraft, type FreezeDraft, newFreeze } from '@/lib/policy/draft'
import { titled } from '@/lib/policy/words'
import { CHANGE_TYPE_WORDS, CHANGE_TYPES } from '@/lib/release/vocabulary'
import { DecisionOptions } from './decision-select'

/** Times when releases are asked about, deferred or stopped, whatever the budget says. */
export function FreezeFields() {
  const { control, getValues } = useFormContext<BudgetPolicyDraft>()
  const { fields, append, remove } = useFieldArray({ control, name: 'freezes' })
  const above = useErrorAt()('freezes')
  const add = () => {
    const used = getValues('freezes').map(({ name }) => name)
    append(newFreeze(used, Math.floor(Date.now() / 1000)))
  }
  return (
    <fieldset className="e-section">
      <legend>Freeze windows</legend>
      {fields.length === 0 ? <p className="field-hint">None: releases go out at any time of the year.</p> : null}
      {fields.map((field, index) => (
        <FreezeRow key={field.id} index={index} onRemove={() => remove(index)} />
      ))}
      {above ? <p className="field-error">{above}</p> : null}
      <button type="button" className="btn btn-sm e-add" onClick={add}>
        <Icon name="plus" /> {fields.length === 0 ? 'A freeze window' : 'Another freeze window'}
      </button>
    </fieldset>
  )
}

function FreezeRow({ index, onRemove }: { index: number; onRemove: () => void }) {
  const { register } = useFormContext<BudgetPolicyDraft>()
  const errorOf = useErrorAt()
  const at = <K extends keyof FreezeDraft>(key: K) => `freezes.${index}.${key}` as const
  const errorAt = (key: keyof FreezeDraft) => errorOf(at(key))
  const repeat = useWatch<BudgetPolicyDraft, `freezes.${number}.repeat`>({ name: at('repeat') })
  const usual = repeat !== 'never' && repeat !== 'rule'
  return (
    <fieldset className="b-freeze">
      <legend className="sr-only">Freeze window {index + 1}</legend>
      <div className="e-pair">
        <Field label="Name" error={errorAt('name')}>
          {(ids) => <input className="input" placeholder="End of year" {...ids} {...register(at('name'))} />}
        </Field>
        <Field label="While it lasts, at best" error={errorAt('effect')}>
          {(ids) => (
            <select className="input" {...ids} {...register(at('effect'))}>
              <DecisionOptions but="approve" />
            </select>
          )}
        </Field>
      </div>
      <div className="e-triple">
        <Field label="From" error={errorAt('from')}>
          {(ids) => <input type="datetime-local" className="input" {...ids} {...register(at('from'))} />}
        </Field>
        <Field label="To" error={errorAt('to')}>
          {(ids) => <input type="datetime-local" className="input" {...ids} {...register(at('to'))} />}
        </Field>
        <Field label="Time zone" error={errorAt('timeZone')}>
          {(ids) => <input className="input" list={`zones-${index}`} {...ids} {...register(at('timeZone'))} />}
        </Field>
        <datalist id={`zones-${index}`}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <div className="e-triple">
        <Field label="Comes again" error={usual ? errorAt('rule') : undefined}>
          {(ids) => (
            <select className="input" {...ids} {...register(at('repeat'))}>
              <option value="never">Never</option>
              <option value="daily">Every day</option>
              <option value="weekdays">Monday to Friday</option>
              <option value="weekly">Every week</option>
              <option value="monthly">Every month</option>
              <option value="yearly">Every year</option>
              <option value="rule">By a rule</option>
            </select>
          )}
        </Field>
        {usual ? (
          <Field label="Until" hint="Empty: without an end.">
            {(ids) => <input type="date" className="input" {...ids} {...register(at('until'))} />}
          </Field>
        ) : null}
        {repeat === 'rule' ? (
          <Field label="Rule" error={errorAt('rule')} hint="An RRULE of RFC 5545.">
            {(ids) => <input className="input mono" placeholder="FREQ=MONTHLY;BYDAY=-1FR" {...ids} {...register(at('rule'))} />}
          </Field>
        ) : null}
      </div>
      <fieldset className="b-checks">
        <legend className="field-label">Does not stop</legend>
        {CHANGE_TYPES.map((type) => (
          <label key={type} className="check">
            <input type="checkbox" value={type} {...register(at('except'))} />
            <span>{titled(CHANGE_TYPE_WORDS[type])}</span>
          </label>
        ))}
        <button type="button" className="btn btn-quiet btn-sm" onClick={onRemove}>
          Remove freeze window {index + 1}
        </button>
      </fieldset>
    </fieldset>
  )
}
