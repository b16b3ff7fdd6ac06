'use client'
import { get, useFieldArray, useFormContext, useFormState } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { newPair, type PolicyDraft } from '@/lib/alert/draft'
import { lengthText } from '@/lib/format-time'
import { LOOKBACKS } from '@/lib/slo/lookback'

const LENGTHS = Object.values(LOOKBACKS)
const MOST = 8

/** Each pair of windows with its threshold and guards. */
export function PairFields() {
  const { control, getValues } = useFormContext<PolicyDraft>()
  const { fields, append, remove } = useFieldArray({ control, name: 'pairs' })
  const { errors } = useFormState<PolicyDraft>()
  const above = get(errors, 'pairs.message') ?? get(errors, 'pairs.root.message')
  const used = () => getValues('pairs').map(({ long }) => long)
  return (
    <fieldset className="e-section">
      <legend>Pairs of windows</legend>
      {fields.map((field, index) => (
        <PairRow key={field.id} index={index} onRemove={fields.length > 1 ? () => remove(index) : null} />
      ))}
      {above ? <p className="field-error">{String(above)}</p> : null}
      {fields.length < MOST ? (
        <button type="button" className="btn btn-sm e-add" onClick={() => append(newPair(used(), LENGTHS))}>
          <Icon name="plus" /> Another pair
        </button>
      ) : null}
    </fieldset>
  )
}

const lengths = (least: number) =>
  LENGTHS.filter((length) => length > least).map((length) => (
    <option key={length} value={length}>
      {lengthText(length)}
    </option>
  ))

function PairRow({ index, onRemove }: { index: number; onRemove: (() => void) | null }) {
  const { register } = useFormContext<PolicyDraft>()
  const { errors } = useFormState<PolicyDraft>()
  const at = <K extends keyof PolicyDraft['pairs'][number]>(key: K) => `pairs.${index}.${key}` as const
  const errorAt = (key: keyof PolicyDraft['pairs'][number]): string | undefined =>
    (get(errors, at(key)) as { message?: string } | undefined)?.message
  return (
    <fieldset className="a-edit">
      <legend className="sr-only">Pair {index + 1}</legend>
      <Field label="Long window" error={errorAt('long')}>
        {(ids) => (
          <select className="input" {...ids} {...register(at('long'))}>
            {lengths(LOOKBACKS.m5)}
          </select>
        )}
      </Field>
      <Field label="Short window" error={errorAt('short')}>
        {(ids) => (
          <select className="input" {...ids} {...register(at('short'))}>
            <option value="">what fits</option>
            {lengths(0)}
          </select>
        )}
      </Field>
      <Field label="Severity" error={errorAt('severity')}>
        {(ids) => (
          <select className="input" {...ids} {...register(at('severity'))}>
            <option value="page">page</option>
            <option value="ticket">ticket</option>
          </select>
        )}
      </Field>
      <Field label="Threshold" error={errorAt('value')}>
        {(ids) => <input className="input num" inputMode="decimal" {...ids} {...register(at('value'))} />}
      </Field>
      <Field label="Of" error={errorAt('unit')}>
        {(ids) => (
          <select className="input" {...ids} {...register(at('unit'))}>
            <option value="share">% of budget</option>
            <option value="burn">× burn</option>
          </select>
        )}
      </Field>
      <Field label="Holds for, min" error={errorAt('for')}>
        {(ids) => <input className="input num" inputMode="decimal" {...ids} {...register(at('for'))} />}
      </Field>
      <Field label="Bad events, least" error={errorAt('minFailures')}>
        {(ids) => <input className="input num" inputMode="numeric" {...ids} {...register(at('minFailures'))} />}
      </Field>
      <Field label="Events, least" error={errorAt('minEvents')}>
        {(ids) => <input className="input num" inputMode="numeric" {...ids} {...register(at('minEvents'))} />}
      </Field>
      {onRemove ? (
        <button type="button" className="btn btn-quiet btn-icon" aria-label={`Remove pair ${index + 1}`} onClick={onRemove}>
          <Icon name="cross" />
        </button>
      ) : null}
    </fieldset>
  )
}
