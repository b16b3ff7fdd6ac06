'use client'
import dynamic from 'next/dynamic'
import { Controller, useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { proposedCondition, type SloDraft } from '@/lib/slo/draft'
import { ERROR_CLASSES, type IndicatorKind } from '@/lib/slo/indicator'
import { INDICATOR_FORMS, type IndicatorField } from '@/lib/slo/indicator-forms'
import type { Finding } from '@/lib/slo/preview'
import { MemberFields } from './member-fields'
import { useFieldError, warningAt } from './use-field-error'

const PromqlEditor = dynamic(() => import('./promql-editor'), {
  ssr: false,
  loading: () => <div className="input promql" aria-hidden="true" />,
})

const KINDS = Object.entries(INDICATOR_FORMS) as [IndicatorKind, (typeof INDICATOR_FORMS)[IndicatorKind]][]
const ERROR_WORDS: Record<(typeof ERROR_CLASSES)[number], string> = {
  server: 'Server error (5xx)',
  client: 'Client error (4xx)',
  timeout: 'Time-out (504)',
  business: 'Business error (a label)',
  custom: 'Another class',
}

type Props = { sourceId: number | undefined; findings: Finding[] }

/** What is measured: the kind, and its own questions. */
export function IndicatorFields({ sourceId, findings }: Props) {
  const { register, control, getValues, setValue } = useFormContext<SloDraft>()
  const kind = useWatch({ control, name: 'kind' })
  const native = useWatch({ control, name: 'native' })
  const errorAt = useFieldError(findings)
  const form = INDICATOR_FORMS[kind]
  const propose = () => {
    const { errorClass, fields } = getValues()
    setValue('fields.failed', proposedCondition(errorClass, fields.failed ?? ''), { shouldDirty: true })
  }
  return (
    <fieldset className="e-section">
      <legend>What is measured</legend>
      <Field label="Kind" hint={form.use} error={errorAt('kind')}>
        {(ids) => (
          <select className="input" {...ids} {...register('kind')}>
            {KINDS.map(([value, { name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {kind === 'error-rate' ? (
        <Field label="Class of errors" error={errorAt('errorClass')}>
          {(ids) => (
            <select className="input" {...ids} {...register('errorClass', { onChange: propose })}>
              {ERROR_CLASSES.map((name) => (
                <option key={name} value={name}>
                  {ERROR_WORDS[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {kind === 'latency' ? (
        <label className="check">
          <input type="checkbox" {...register('native')} />
          <span>
            Native histogram{' '}
            <span className="field-hint">{native ? 'any threshold, no _bucket series' : 'tick when the source keeps one'}</span>
          </span>
        </label>
      ) : null}
      {kind === 'composite' ? <MemberFields findings={findings} /> : null}
      {form.fields.map((field) => (
        <IndicatorText
          key={`${kind} ${field.key}`}
          field={field}
          sourceId={sourceId}
          error={errorAt(`fields.${field.key}`)}
          warning={warningAt(findings, `fields.${field.key}`)}
        />
      ))}
      {form.excludes ? (
        <div className="e-pair">
          <Field label="Leave out, label" hint="Probes are nobody's request." error={errorAt('excludedLabel')}>
            {(ids) => <input className="input mono" placeholder="route" {...ids} {...register('excludedLabel')} />}
          </Field>
          <Field label="Values" error={errorAt('excludedValues')}>
            {(ids) => <input className="input mono" placeholder="/health, /metrics" {...ids} {...register('excludedValues')} />}
          </Field>
        </div>
      ) : null}
    </fieldset>
  )
}

function IndicatorText({
  field,
  sourceId,
  error,
  warning,
}: {
  field: IndicatorField
  sourceId: number | undefined
  error: string | undefined
  warning: string | undefined
}) {
  const { register, control } = useFormContext<SloDraft>()
  const { key, label, hint, type, unit, example } = field
  if (type === 'number')
    return (
      <Field label={`${label}, ${unit}`} hint={hint} error={error} className="field-short">
        {(ids) => <input className="input" inputMode="decimal" {...ids} {...register(`fields.${key}`)} />}
      </Field>
    )
  const note = `note-${key}`
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <Controller
        control={control}
        name={`fields.${key}`}
        render={({ field: { value = '', onChange, onBlur } }) => (
          <PromqlEditor
            {...{ value, onChange, onBlur, label, sourceId, example }}
            describedBy={note}
            invalid={error !== undefined}
            lines={type === 'selector' || type === 'matchers' ? 'one' : 'many'}
          />
        )}
      />
      <p id={note} className={error ? 'field-error' : 'field-hint'}>
        {error ?? warning ?? hint}
      </p>
    </div>
  )
}
