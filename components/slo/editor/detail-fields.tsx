'use client'
import { useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import type { SloDraft } from '@/lib/slo/draft'
import type { Finding } from '@/lib/slo/preview'
import { useFieldError } from './use-field-error'

/** What most people leave as it is. */
export function DetailFields({ findings, sources }: { findings: Finding[]; sources: { id: number; name: string }[] }) {
  const { register } = useFormContext<SloDraft>()
  const errorAt = useFieldError(findings)
  return (
    <details className="e-section e-more">
      <summary>Details: missing data, labels, source</summary>
      <div className="e-triple">
        <Field label="Minutes without data" error={errorAt('noDataPolicy')}>
          {(ids) => (
            <select className="input" {...ids} {...register('noDataPolicy')}>
              <option value="ignore">Leave out</option>
              <option value="count_as_good">Count as good</option>
              <option value="count_as_bad">Count as bad</option>
            </select>
          )}
        </Field>
        <Field label="Judge from, % measured" error={errorAt('coverageFloor')}>
          {(ids) => <input className="input" inputMode="decimal" {...ids} {...register('coverageFloor')} />}
        </Field>
        <Field label="Judge from, events" error={errorAt('minEvents')}>
          {(ids) => <input className="input" inputMode="numeric" {...ids} {...register('minEvents')} />}
        </Field>
      </div>
      <div className="e-pair">
        <Field label="Labels" hint="key=value, with commas" error={errorAt('labels')}>
          {(ids) => <input className="input" placeholder="journey=buy" {...ids} {...register('labels')} />}
        </Field>
        <Field label="Source" error={errorAt('dataSource')}>
          {(ids) => (
            <select className="input" {...ids} {...register('dataSource')}>
              {sources.map(({ id, name }) => (
                <option key={id}>{name}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <label className="check">
        <input type="checkbox" {...register('gating')} />
        <span>
          Gates releases <span className="field-hint">its state counts when a release is decided</span>
        </span>
      </label>
    </details>
  )
}
