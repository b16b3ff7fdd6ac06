'use client'
import { useQuery } from '@tanstack/react-query'
import { get, useFormContext, useFormState, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import type { JourneyDraft } from '@/lib/journey/draft'
import { CRITICALITIES } from '@/lib/journey/journey'
import { choicesQuery } from '@/lib/slo/choices-query-options'
import { slugOf } from '@/lib/slo/definition-input'

/** The sentence at a field of the journey. */
export function useJourneyError(): (field: string) => string | undefined {
  const { control } = useFormContext<JourneyDraft>()
  const { errors } = useFormState({ control })
  return (field) => (get(errors, field) as { message?: string } | undefined)?.message
}

/** What the journey is for. */
export function JourneyFields({ isNew }: { isNew: boolean }) {
  const { register, control, setValue, getFieldState } = useFormContext<JourneyDraft>()
  const [name, result] = useWatch({ control, name: ['name', 'result'] })
  const { data: choices = [] } = useQuery(choicesQuery())
  const composites = choices.filter(({ kind }) => kind === 'composite')
  const errorAt = useJourneyError()
  const follow = (text: string) => {
    if (isNew && !getFieldState('slug').isDirty) setValue('slug', slugOf(text))
  }
  return (
    <fieldset className="e-section">
      <legend>Journey</legend>
      <Field label="Name" error={errorAt('name')} hint="What people come for.">
        {(ids) => (
          <input
            className="input"
            placeholder="Buy something"
            {...ids}
            {...register('name', { onChange: (event) => follow(event.target.value) })}
          />
        )}
      </Field>
      <div className="e-pair">
        <Field label="Short name" error={errorAt('slug')} hint="For addresses and the API.">
          {(ids) => <input className="input mono" placeholder={slugOf(name) || 'buy-something'} {...ids} {...register('slug')} />}
        </Field>
        <Field label="Criticality" error={errorAt('criticality')}>
          {(ids) => (
            <select className="input" {...ids} {...register('criticality')}>
              {CRITICALITIES.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field label="Description" error={errorAt('description')}>
        {(ids) => (
          <input className="input" placeholder="From the first page to the receipt" {...ids} {...register('description')} />
        )}
      </Field>
      <Field label="Business impact" error={errorAt('businessImpact')} hint="What it costs when people cannot go this way.">
        {(ids) => <textarea className="input j-text" rows={3} {...ids} {...register('businessImpact')} />}
      </Field>
      <Field
        label="Result of the whole way"
        error={errorAt('result')}
        hint="A composite SLO. It can be created from the page of the journey."
      >
        {(ids) => (
          <select className="input" {...ids} {...register('result')} value={result}>
            <option value="">none yet</option>
            {composites.map(({ id, service, slo, serviceName, name: title }) => (
              <option key={id} value={`${service}/${slo}`}>
                {serviceName}: {title}
              </option>
            ))}
            {result && !composites.some(({ service, slo }) => `${service}/${slo}` === result) ? (
              <option value={result}>{result}</option>
            ) : null}
          </select>
        )}
      </Field>
    </fieldset>
  )
}
