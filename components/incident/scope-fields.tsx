'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { ServiceChoice } from '@/lib/incident/reads-form'

export type ScopeDraft = { services: string[]; slos: string[] }

/** Services, and which of their SLOs are hit: chosen from a list, shown as what can be removed. */
export function ScopeFields({ services }: { services: ServiceChoice[] }) {
  const { register, setValue, getValues } = useFormContext<ScopeDraft>()
  const chosen = useWatch<ScopeDraft, 'services'>({ name: 'services' })
  const errorAt = useErrorAt()
  const add = (slug: string) => slug !== '' && setValue('services', [...new Set([...chosen, slug])], { shouldDirty: true })
  const remove = ({ slug, slos }: ServiceChoice) => {
    const gone = new Set(slos.map(({ id }) => String(id)))
    setValue(
      'services',
      chosen.filter((one) => one !== slug),
      { shouldDirty: true },
    )
    setValue(
      'slos',
      getValues('slos').filter((id) => !gone.has(id)),
      { shouldDirty: true },
    )
  }
  return (
    <div className="i-scope">
      <Field label="Services" error={errorAt('services') ?? errorAt('slos')} hint="Choose those that are hit, then their SLOs.">
        {(ids) => (
          <select className="input" {...ids} value="" onChange={(event) => add(event.target.value)}>
            <option value="">Add a service</option>
            {services
              .filter(({ slug }) => !chosen.includes(slug))
              .map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
          </select>
        )}
      </Field>
      {services
        .filter(({ slug }) => chosen.includes(slug))
        .map((service) => (
          <fieldset key={service.slug} className="c-slos i-slos">
            <legend className="field-label">
              {service.name}{' '}
              <button type="button" className="btn btn-quiet btn-sm" onClick={() => remove(service)}>
                Remove<span className="sr-only"> {service.name}</span>
              </button>
            </legend>
            {service.slos.map(({ id, name }) => (
              <label key={id} className="check">
                <input type="checkbox" value={String(id)} {...register('slos')} />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
        ))}
    </div>
  )
}
