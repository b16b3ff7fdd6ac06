'use client'
import { useQuery } from '@tanstack/react-query'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import type { SloChoice } from '@/lib/slo/choices'
import { choicesQuery } from '@/lib/slo/choices-query-options'
import { COMPOSITE_RULES, LATE_POLICIES, LATE_WORDS, RULE_WORDS } from '@/lib/slo/composite'
import { NO_MEMBER, type SloDraft } from '@/lib/slo/draft'
import type { Finding } from '@/lib/slo/preview'
import { useFieldError } from './use-field-error'

const MOST = 20

/** What a composite is made of, and how. */
export function MemberFields({ findings }: { findings: Finding[] }) {
  const { register, control } = useFormContext<SloDraft>()
  const { fields, append, remove } = useFieldArray({ control, name: 'members' })
  const [rule, late] = useWatch({ control, name: ['rule', 'late'] })
  const { data: choices = [], error } = useQuery(choicesQuery())
  const errorAt = useFieldError(findings)
  return (
    <>
      {error ? <p className="field-error">The list of SLOs cannot be read. Load the page again.</p> : null}
      <ol className="e-members" aria-label="Members">
        {fields.map((row, i) => (
          <MemberRow key={row.id} index={i} choices={choices} errorAt={errorAt} weighted={rule === 'weighted-mean'}>
            {fields.length > 2 ? (
              <button
                type="button"
                className="btn btn-quiet btn-icon"
                aria-label={`Remove member ${i + 1}`}
                onClick={() => remove(i)}
              >
                <Icon name="cross" />
              </button>
            ) : null}
          </MemberRow>
        ))}
      </ol>
      {errorAt('members') ? <p className="field-error">{errorAt('members')}</p> : null}
      {fields.length < MOST ? (
        <button type="button" className="btn btn-sm e-add" onClick={() => append(NO_MEMBER)}>
          Add a member
        </button>
      ) : null}
      <Field label="Rule" hint={RULE_WORDS[rule].says} error={errorAt('rule')}>
        {(ids) => (
          <select className="input" {...ids} {...register('rule')}>
            {COMPOSITE_RULES.map((value) => (
              <option key={value} value={value}>
                {RULE_WORDS[value].name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="When a member has no data" hint={`In that minute, ${LATE_WORDS[late].says}.`} error={errorAt('late')}>
        {(ids) => (
          <select className="input" {...ids} {...register('late')}>
            {LATE_POLICIES.map((value) => (
              <option key={value} value={value}>
                {LATE_WORDS[value].name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  )
}

type RowProps = {
  index: number
  choices: SloChoice[]
  weighted: boolean
  errorAt: (field: string) => string | undefined
  children: React.ReactNode
}

/** Controlled: options come later than what is chosen. */
function MemberRow({ index, choices, weighted, errorAt, children }: RowProps) {
  const { register, control, setValue } = useFormContext<SloDraft>()
  const { service, slo } = useWatch({ control, name: `members.${index}` })
  const services = [...new Map(choices.map((choice) => [choice.service, choice.serviceName]))]
  const offered = choices.filter((choice) => choice.service === service)
  const at = `members.${index}` as const
  return (
    <li className="e-member" data-weighted={weighted}>
      <Field label={`Member ${index + 1}, service`} error={errorAt(`${at}.service`)}>
        {(ids) => (
          <select
            className="input"
            {...ids}
            {...register(`${at}.service`, { onChange: () => setValue(`${at}.slo`, '') })}
            value={service}
          >
            <option value="">Choose a service</option>
            {services.map(([slug, name]) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
            {service && !services.some(([slug]) => slug === service) ? <option value={service}>{service}</option> : null}
          </select>
        )}
      </Field>
      <Field label="SLO" error={errorAt(`${at}.slo`)}>
        {(ids) => (
          <select className="input" {...ids} {...register(`${at}.slo`)} value={slo}>
            <option value="">Choose an SLO</option>
            {offered.map((choice) => (
              <option key={choice.slo} value={choice.slo}>
                {choice.name} ({choice.window})
              </option>
            ))}
            {slo && !offered.some((choice) => choice.slo === slo) ? <option value={slo}>{slo}</option> : null}
          </select>
        )}
      </Field>
      {weighted ? (
        <Field label="Weight" error={errorAt(`${at}.weight`)}>
          {(ids) => <input className="input" inputMode="decimal" {...ids} {...register(`${at}.weight`)} />}
        </Field>
      ) : null}
      {children}
    </li>
  )
}
