'use client'
import { useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { REVENUE_IMPACTS, TRAFFIC_CLASSES } from '@/lib/service/characteristics'
import type { ServiceDraft } from '@/lib/service/draft'
import { TIERS, tierText } from '@/lib/service/tier'
import { ServiceField } from './service-field'

/** Facts that a tier follows from, and the tier that was chosen. */
export function FactFields() {
  const { register } = useFormContext<ServiceDraft>()
  const errorAt = useErrorAt()
  return (
    <fieldset className="e-section">
      <legend>Characteristics and tier</legend>
      <div className="e-triple">
        <Field label="Revenue impact" error={errorAt('revenueImpact')} hint="when it fails">
          {(ids) => (
            <select className="input" {...ids} {...register('revenueImpact')}>
              <option value="">Not stated</option>
              {REVENUE_IMPACTS.map((impact) => (
                <option key={impact}>{impact}</option>
              ))}
            </select>
          )}
        </Field>
        <YesNo name="safetyImpact" label="Safety impact" hint="people can come to harm" />
        <YesNo name="userFacing" label="User-facing" hint="people wait for its answers" />
      </div>
      <div className="e-triple">
        <Field label="Traffic" error={errorAt('traffic')} hint={`requests per second, or ${TRAFFIC_CLASSES.join(', ')}`}>
          {(ids) => <input className="input" placeholder="12" {...ids} {...register('traffic')} />}
        </Field>
        <ServiceField of="tier" label="Tier" error={errorAt('tier')} hint="You choose; the facts recommend.">
          {(ids) => (
            <select className="input" {...ids} {...register('tier')}>
              <option value="">Choose a tier</option>
              {TIERS.map((tier) => (
                <option key={tier} value={tier}>
                  {tierText(tier)}
                </option>
              ))}
            </select>
          )}
        </ServiceField>
      </div>
    </fieldset>
  )
}

function YesNo({ name, label, hint }: { name: 'safetyImpact' | 'userFacing'; label: string; hint: string }) {
  const { register } = useFormContext<ServiceDraft>()
  const errorAt = useErrorAt()
  return (
    <Field label={label} hint={hint} error={errorAt(name)}>
      {(ids) => (
        <select className="input" {...ids} {...register(name)}>
          <option value="">Not stated</option>
          <option>yes</option>
          <option>no</option>
        </select>
      )}
    </Field>
  )
}
