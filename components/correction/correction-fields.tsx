'use client'
import { useFormContext, useFormState, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import type { CorrectionDraft } from '@/lib/correction/draft'
import { CAUSE_WORDS, CAUSES } from '@/lib/correction/schema'

export type ScopeChoice = { slug: string; name: string; slos: { id: number; name: string }[] }

const useError = () => {
  const { errors } = useFormState<CorrectionDraft>()
  return (field: keyof CorrectionDraft) => errors[field]?.message as string | undefined
}

/** What it is about: a service, some of its SLOs, and why. */
export function ScopeFields({ services }: { services: ScopeChoice[] }) {
  const { register, setValue } = useFormContext<CorrectionDraft>()
  const [service, slos] = useWatch<CorrectionDraft, ['service', 'slos']>({ name: ['service', 'slos'] })
  const errorAt = useError()
  const chosen = services.find(({ slug }) => slug === service)
  return (
    <fieldset className="e-section">
      <legend>What it is about</legend>
      <div className="e-pair">
        <Field label="Service" error={errorAt('service')}>
          {(ids) => (
            <select className="input" {...ids} {...register('service', { onChange: () => setValue('slos', []) })}>
              <option value="">Choose a service</option>
              {services.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Cause" error={errorAt('cause')}>
          {(ids) => (
            <select className="input" {...ids} {...register('cause')}>
              {CAUSES.map((cause) => (
                <option key={cause} value={cause}>
                  {CAUSE_WORDS[cause]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {chosen ? (
        <fieldset className="c-slos">
          <legend className="field-label">
            SLOs{' '}
            <span className="field-hint">
              {slos.length === 0 ? 'all of the service, also those to come' : `${slos.length} of it`}
            </span>
          </legend>
          {chosen.slos.map(({ id, name }) => (
            <label key={id} className="check">
              <input type="checkbox" value={String(id)} {...register('slos')} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <Field label="Reason" error={errorAt('reason')} hint="For whoever decides, and whoever reads it in a year.">
        {(ids) => <textarea className="input c-reason" rows={3} {...ids} {...register('reason')} />}
      </Field>
    </fieldset>
  )
}

/** A stretch of local time, and how it comes again. */
export function ScheduleFields() {
  const { register } = useFormContext<CorrectionDraft>()
  const repeat = useWatch<CorrectionDraft, 'repeat'>({ name: 'repeat' })
  const errorAt = useError()
  const usual = repeat !== 'never' && repeat !== 'rule'
  return (
    <fieldset className="e-section">
      <legend>When</legend>
      <div className="e-pair">
        <Field label="From" error={errorAt('from')}>
          {(ids) => <input type="datetime-local" className="input" {...ids} {...register('from')} />}
        </Field>
        <Field label="To" error={errorAt('to')}>
          {(ids) => <input type="datetime-local" className="input" {...ids} {...register('to')} />}
        </Field>
      </div>
      <div className="e-triple">
        <Field label="Time zone" error={errorAt('timeZone')}>
          {(ids) => <input className="input" list="correction-zones" {...ids} {...register('timeZone')} />}
        </Field>
        <datalist id="correction-zones">
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <Field label="Comes again" error={usual ? errorAt('rule') : undefined}>
          {(ids) => (
            <select className="input" {...ids} {...register('repeat')}>
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
          <Field label="Until" hint="Empty: until it is withdrawn.">
            {(ids) => <input type="date" className="input" {...ids} {...register('until')} />}
          </Field>
        ) : null}
      </div>
      {repeat === 'rule' ? (
        <Field label="Rule" error={errorAt('rule')} hint="An RRULE of RFC 5545. Local times follow the clock of the zone.">
          {(ids) => <input className="input mono" placeholder="FREQ=MONTHLY;BYDAY=1SU;COUNT=12" {...ids} {...register('rule')} />}
        </Field>
      ) : null}
    </fieldset>
  )
}

/** Extra minutes of budget. */
export function CreditFields() {
  const { register } = useFormContext<CorrectionDraft>()
  const errorAt = useError()
  return (
    <fieldset className="e-section">
      <legend>How much</legend>
      <div className="e-pair">
        <Field label="Minutes" error={errorAt('minutes')} hint="Of full outage that do not count.">
          {(ids) => <input className="input" inputMode="decimal" {...ids} {...register('minutes')} />}
        </Field>
        <Field label="Granted at, UTC" error={errorAt('at')} hint="It leaves a rolling window one window later.">
          {(ids) => <input type="datetime-local" className="input" {...ids} {...register('at')} />}
        </Field>
      </div>
    </fieldset>
  )
}
