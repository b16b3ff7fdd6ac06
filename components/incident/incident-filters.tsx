'use client'
import { useQueryStates } from 'nuqs'
import { INCIDENT_STATUSES } from '@/lib/incident/lifecycle'
import { SEVERITIES, SEVERITY_WORDS } from '@/lib/incident/severity'
import { INCIDENT_STATUS_WORDS } from '@/lib/incident/words'
import { incidentParams } from './search-params'

/** Three choices, each in the address; the page reads anew. */
export function IncidentFilters({ services }: { services: { slug: string; name: string }[] }) {
  const [chosen, choose] = useQueryStates(incidentParams, { shallow: false })
  const filtered = chosen.status !== null || chosen.severity !== null || chosen.service !== '' || chosen.slo !== null
  return (
    <form className="i-filters" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label="Status"
        value={chosen.status ?? ''}
        options={[
          ['open', 'Open'],
          ...INCIDENT_STATUSES.map((status): [string, string] => [status, INCIDENT_STATUS_WORDS[status]]),
        ]}
        onChange={(value) => void choose({ status: (value || null) as typeof chosen.status })}
      />
      <Choice
        label="Severity"
        value={chosen.severity ?? ''}
        options={SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity].name])}
        onChange={(value) => void choose({ severity: (value || null) as typeof chosen.severity })}
      />
      <Choice
        label="Service"
        value={chosen.service}
        options={services.map(({ slug, name }) => [slug, name])}
        onChange={(value) => void choose({ service: value || null })}
      />
      {chosen.slo === null ? null : <span className="tag">SLO {chosen.slo}</span>}
      {filtered ? (
        <button type="button" className="btn btn-quiet btn-sm" onClick={() => void choose(null)}>
          Show all
        </button>
      ) : null}
    </form>
  )
}

type ChoiceProps = { label: string; value: string; options: [string, string][]; onChange: (value: string) => void }

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <label className="i-choice">
    <span>{label}</span>
    <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">All</option>
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  </label>
)
