'use client'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { type JourneyDraft, NO_STEP } from '@/lib/journey/draft'
import { SLI_TYPES } from '@/lib/journey/journey'
import type { SloChoice } from '@/lib/slo/choices'
import { choicesQuery } from '@/lib/slo/choices-query-options'
import { useJourneyError } from './journey-fields'

const MOST = 20

/** The steps in order: added, removed and moved without a mouse. */
export function StepFields() {
  const { control } = useFormContext<JourneyDraft>()
  const { fields, append, remove, move } = useFieldArray({ control, name: 'steps' })
  const { data: choices = [], error } = useQuery(choicesQuery())
  const errorAt = useJourneyError()
  const list = useRef<HTMLOListElement>(null)
  /** The step that moved keeps the focus, on the button that was pressed if it still can be. */
  const moveTo = (from: number, to: number) => {
    move(from, to)
    requestAnimationFrame(() => {
      const row = list.current?.children[to]
      const pressed = row?.querySelector<HTMLButtonElement>(to < from ? '[data-move="up"]' : '[data-move="down"]')
      const other = row?.querySelector<HTMLButtonElement>('[data-move]:not(:disabled)')
      ;(pressed?.disabled ? other : pressed)?.focus()
    })
  }
  return (
    <fieldset className="e-section">
      <legend>Steps</legend>
      {error ? <p className="field-error">The list of SLOs cannot be read. Load the page again.</p> : null}
      <ol className="j-steps" ref={list}>
        {fields.map((row, i) => (
          <li key={row.id} className="j-edit">
            <StepRow index={i} choices={choices} />
            <div className="j-moves">
              <button
                type="button"
                className="btn btn-quiet btn-icon j-up"
                data-move="up"
                disabled={i === 0}
                aria-label={`Move step ${i + 1} up`}
                onClick={() => moveTo(i, i - 1)}
              >
                <Icon name="down" />
              </button>
              <button
                type="button"
                className="btn btn-quiet btn-icon"
                data-move="down"
                disabled={i === fields.length - 1}
                aria-label={`Move step ${i + 1} down`}
                onClick={() => moveTo(i, i + 1)}
              >
                <Icon name="down" />
              </button>
              <button
                type="button"
                className="btn btn-quiet btn-icon"
                disabled={fields.length === 1}
                aria-label={`Remove step ${i + 1}`}
                onClick={() => remove(i)}
              >
                <Icon name="cross" />
              </button>
            </div>
          </li>
        ))}
      </ol>
      {errorAt('steps') ? <p className="field-error">{errorAt('steps')}</p> : null}
      {fields.length < MOST ? (
        <button type="button" className="btn btn-sm e-add" onClick={() => append(NO_STEP)}>
          Add a step
        </button>
      ) : null}
    </fieldset>
  )
}

/** The SLO is controlled: its options come later than what is chosen. */
function StepRow({ index, choices }: { index: number; choices: SloChoice[] }) {
  const { register, control } = useFormContext<JourneyDraft>()
  const slo = useWatch({ control, name: `steps.${index}.slo` })
  const errorAt = useJourneyError()
  const at = `steps.${index}` as const
  const groups = [...new Map(choices.map((choice) => [choice.service, choice.serviceName]))]
  return (
    <div className="j-fields">
      <Field label={`Step ${index + 1}`} error={errorAt(`${at}.name`)}>
        {(ids) => <input className="input" placeholder="Put it into the cart" {...ids} {...register(`${at}.name`)} />}
      </Field>
      <Field label="SLI type" error={errorAt(`${at}.sliType`)}>
        {(ids) => (
          <select className="input" {...ids} {...register(`${at}.sliType`)}>
            {SLI_TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Threshold" error={errorAt(`${at}.threshold`)}>
        {(ids) => <input className="input" placeholder="99.9 % or 500 ms" {...ids} {...register(`${at}.threshold`)} />}
      </Field>
      <Field label="Measured by" error={errorAt(`${at}.slo`)}>
        {(ids) => (
          <select className="input" {...ids} {...register(`${at}.slo`)} value={slo}>
            <option value="">not measured yet</option>
            {groups.map(([service, title]) => (
              <optgroup key={service} label={title}>
                {choices
                  .filter((choice) => choice.service === service)
                  .map((choice) => (
                    <option key={choice.id} value={`${service}/${choice.slo}`}>
                      {choice.name}
                    </option>
                  ))}
              </optgroup>
            ))}
            {slo && !choices.some((choice) => `${choice.service}/${choice.slo}` === slo) ? (
              <option value={slo}>{slo}</option>
            ) : null}
          </select>
        )}
      </Field>
    </div>
  )
}
