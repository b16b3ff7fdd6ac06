'use client'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { countsEvents } from '@/lib/slo/definition-input'
import type { SloDraft } from '@/lib/slo/draft'
import type { BoundShare, Finding } from '@/lib/slo/preview'
import { CALENDAR_UNITS } from '@/lib/slo/window'
import { useFieldError, warningAt } from './use-field-error'

const MOST = 6

type Props = { findings: Finding[]; bounds: BoundShare[]; several: boolean }

/** What is promised: target, window, and how the budget is counted. */
export function ObjectiveFields({ findings, bounds, several }: Props) {
  const { register, control, setValue } = useFormContext<SloDraft>()
  const { fields, append, remove } = useFieldArray({ control, name: 'objectives' })
  const [kind, method, windowKind, objectives] = useWatch({ control, name: ['kind', 'method', 'windowKind', 'objectives'] })
  const errorAt = useFieldError(findings)
  const latency = kind === 'latency'
  const shown = latency ? fields : fields.slice(0, 1)
  return (
    <fieldset className="e-section">
      <legend>Objective</legend>
      {shown.map((row, i) => (
        <div className="e-objective" key={row.id}>
          <Field label="Target, %" error={errorAt(`objectives.${i}.target`)} hint="Less than 100: something has to be left.">
            {(ids) => <input className="input" inputMode="decimal" {...ids} {...register(`objectives.${i}.target`)} />}
          </Field>
          {latency ? (
            <Field label="Within, s" error={errorAt(`objectives.${i}.threshold`)}>
              {(ids) => <input className="input" inputMode="decimal" {...ids} {...register(`objectives.${i}.threshold`)} />}
            </Field>
          ) : null}
          {latency && fields.length > 1 ? (
            <button
              type="button"
              className="btn btn-quiet btn-icon"
              aria-label={`Remove objective ${i + 1}`}
              onClick={() => remove(i)}
            >
              <Icon name="cross" />
            </button>
          ) : null}
          {latency && bounds.length > 0 ? (
            <div className="e-bounds">
              <span>Bounds:</span>
              {bounds.map(({ bound, share }) => (
                <button
                  key={bound}
                  type="button"
                  className="e-bound"
                  aria-pressed={Number(objectives[i]?.threshold) === bound}
                  onClick={() =>
                    setValue(`objectives.${i}.threshold`, String(bound), { shouldDirty: true, shouldValidate: true })
                  }
                >
                  {bound} s <span>{(Math.floor(share * 10_000) / 100).toFixed(2)} %</span>
                </button>
              ))}
            </div>
          ) : null}
        </div>
      ))}
      {latency && several && fields.length < MOST ? (
        <button type="button" className="btn btn-sm e-add" onClick={() => append({ target: '99', threshold: '' })}>
          Add a threshold
        </button>
      ) : null}
      <div className="e-triple">
        <Field label="Window">
          {(ids) => (
            <select className="input" {...ids} {...register('windowKind')}>
              <option value="rolling">Rolling days</option>
              <option value="calendar">Calendar</option>
            </select>
          )}
        </Field>
        {windowKind === 'rolling' ? (
          <Field label="Days" error={errorAt('days')} hint={warningAt(findings, 'days')}>
            {(ids) => <input className="input" inputMode="numeric" {...ids} {...register('days')} />}
          </Field>
        ) : (
          <>
            <Field label="Period" error={errorAt('unit')}>
              {(ids) => (
                <select className="input" {...ids} {...register('unit')}>
                  {CALENDAR_UNITS.map((unit) => (
                    <option key={unit}>{unit}</option>
                  ))}
                </select>
              )}
            </Field>
            <Field label="Time zone" error={errorAt('timeZone')}>
              {(ids) => <input className="input" list="time-zones" {...ids} {...register('timeZone')} />}
            </Field>
            <datalist id="time-zones">
              {Intl.supportedValuesOf('timeZone').map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </>
        )}
      </div>
      {countsEvents(kind) ? (
        <div className="e-triple">
          <Field
            label="Budget counts"
            hint={method === 'occurrences' ? 'every event alike' : 'minutes, however busy they were'}
            error={errorAt('method')}
          >
            {(ids) => (
              <select className="input" {...ids} {...register('method')}>
                <option value="occurrences">Events</option>
                <option value="time_slices">Good minutes</option>
                <option value="ratio_time_slices">Minutes by their ratio</option>
              </select>
            )}
          </Field>
          {method === 'time_slices' ? (
            <Field label="A minute is good from, %" error={errorAt('sliceTarget')}>
              {(ids) => <input className="input" inputMode="decimal" {...ids} {...register('sliceTarget')} />}
            </Field>
          ) : null}
        </div>
      ) : null}
    </fieldset>
  )
}
