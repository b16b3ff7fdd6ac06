import { Field } from '@/components/ui/field'
import { SERVICE_KINDS, TIERS, tierText } from '@/lib/service/tier'
import type { ImportChoices, ImportStart } from '@/lib/slo-as-code/import-schema'
import type { Plan } from '@/lib/slo-as-code/plan'
import { alongOf, needsOf } from './plan-rows'

type Props = {
  plan: Plan | null
  choices: ImportChoices
  start: ImportStart
  onChoices: (choices: ImportChoices) => void
}

type Option = { value: string; name: string }

/** Where the files do not say: source, team, tier and kind. And what comes along with the SLOs. */
export function ChoicesPanel({ plan, choices, start, onChoices }: Props) {
  const along = plan ? alongOf(plan) : []
  const needs = plan && needsOf(plan)
  const choose = (part: Partial<Record<keyof ImportChoices, string | null>>) =>
    onChoices({ ...choices, ...part } as ImportChoices)
  return (
    <aside className="panel plan-choices" aria-label="Choices">
      <section>
        <h2>Where the files do not say</h2>
        <Select
          label="Data source"
          error={needs && needs.source.length > 0 ? 'Choose one: the files name none that is here.' : undefined}
          unsaid={start.sources.length > 1 ? 'as the files say' : 'the only one there is'}
          value={choices.source}
          options={start.sources.map((name) => ({ value: name, name }))}
          onValue={(source) => choose({ source })}
        />
        <Select
          label="Team of new services"
          error={needs && needs.team.length > 0 ? 'Choose one: the files name none that is here.' : undefined}
          unsaid="as their labels say"
          value={choices.team}
          options={start.teams.map(({ slug, name }) => ({ value: slug, name }))}
          onValue={(team) => choose({ team })}
        />
        <Select
          label="Tier of new services"
          unsaid="as their labels say, else standard"
          value={choices.tier}
          options={TIERS.map((tier) => ({ value: tier, name: tierText(tier) }))}
          onValue={(tier) => choose({ tier })}
        />
        <Select
          label="Kind of new services"
          unsaid="as their labels say, else api"
          value={choices.serviceKind}
          options={SERVICE_KINDS.map((kind) => ({ value: kind, name: kind }))}
          onValue={(serviceKind) => choose({ serviceKind })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={choices.policies === 'files'}
            disabled={!start.may.policies}
            onChange={(event) => choose({ policies: event.target.checked ? 'files' : 'keep' })}
          />
          <span>
            Take alert and budget policies along{' '}
            <span className="field-hint">
              {start.may.policies
                ? 'else those of the portal hold'
                : 'SLO owners and administrators decide about them: those of the portal hold'}
            </span>
          </span>
        </label>
      </section>
      {along.length > 0 ? (
        <section>
          <h2>
            Comes along <span>{along.length}</span>
          </h2>
          <ul>
            {along.slice(0, 50).map(({ kind, key, name, changes, reason, notes }) => (
              <li key={`${kind} ${key}`}>
                <b>{name}</b> <span>{kind === 'service' ? 'service' : 'error-budget policy'}</span>
                {[...changes, ...(reason ? [reason] : []), ...notes].map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </li>
            ))}
          </ul>
          {along.length > 50 ? <p>And {along.length - 50} more.</p> : null}
        </section>
      ) : null}
      {plan && plan.notes.length > 0 ? (
        <section>
          <h2>Good to know</h2>
          <ul>
            {plan.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </aside>
  )
}

type SelectProps = {
  label: string
  error?: string | undefined
  unsaid: string
  value: string | null
  options: Option[]
  onValue: (value: string | null) => void
}

const Select = ({ label, error, unsaid, value, options, onValue }: SelectProps) => (
  <Field label={label} {...(error && { error })}>
    {(ids) => (
      <select {...ids} className="input" value={value ?? ''} onChange={(event) => onValue(event.target.value || null)}>
        <option value="">{unsaid}</option>
        {options.map(({ value: one, name }) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
)
