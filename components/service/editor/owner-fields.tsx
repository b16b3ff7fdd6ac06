'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { NEW_TEAM, type ServiceDraft } from '@/lib/service/draft'
import type { Person } from '@/lib/service/service'
import { ServiceField } from './service-field'

type Props = { teams: { slug: string; name: string }[]; people: Person[] }

/** Who answers for it, by role. */
export function OwnerFields({ teams, people }: Props) {
  const { register, control } = useFormContext<ServiceDraft>()
  const [team, newTeam] = useWatch({ control, name: ['team', 'newTeam'] })
  const errorAt = useErrorAt()
  const missing = team === NEW_TEAM && newTeam.trim() === ''
  return (
    <fieldset className="e-section">
      <legend>Owners</legend>
      <div className="e-pair">
        <ServiceField of="team" label="Engineering team" error={missing ? undefined : errorAt('team')} hint="builds and runs it">
          {(ids) => (
            <select className="input" {...ids} {...register('team')}>
              <option value="">Choose a team</option>
              {teams.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
              <option value={NEW_TEAM}>New team …</option>
            </select>
          )}
        </ServiceField>
        {team === NEW_TEAM ? (
          <Field label="Name of the new team" error={errorAt('newTeam') ?? (missing ? errorAt('team') : undefined)}>
            {(ids) => <input className="input" placeholder="Returns" {...ids} {...register('newTeam')} />}
          </Field>
        ) : null}
      </div>
      <div className="e-pair">
        <PersonField name="sloOwner" label="SLO owner" hint="keeps the objectives honest" people={people} />
        <PersonField name="productOwner" label="Product owner" hint="decides about spending" people={people} />
      </div>
    </fieldset>
  )
}

type PersonProps = { name: 'sloOwner' | 'productOwner'; label: string; hint: string; people: Person[] }

function PersonField({ name, label, hint, people }: PersonProps) {
  const { register, getValues } = useFormContext<ServiceDraft>()
  const errorAt = useErrorAt()
  const chosen = getValues(name)
  const gone = chosen !== '' && !people.some(({ email }) => email === chosen)
  return (
    <Field label={label} hint={hint} error={errorAt(name)}>
      {(ids) => (
        <select className="input" {...ids} {...register(name)}>
          <option value="">Nobody</option>
          {gone ? <option value={chosen}>{chosen} (cannot sign in any more)</option> : null}
          {people.map(({ email, name: person }) => (
            <option key={email} value={email}>
              {person}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
