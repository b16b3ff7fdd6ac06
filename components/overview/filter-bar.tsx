'use client'
import type { RefObject } from 'react'
import { Icon } from '@/components/ui/icon'
import { isFiltering, type OverviewFilter } from '@/lib/slo/overview-filter'
import { GROUPINGS, type Grouping } from '@/lib/slo/overview-rows'
import { FacetMenu } from './facet-menu'
import type { Facets } from './facets'

type Props = {
  filter: OverviewFilter
  facets: Facets
  grouping: Grouping
  matched: number
  total: number
  search: RefObject<HTMLInputElement | null>
  onChange: (change: Partial<OverviewFilter>) => void
  onGrouping: (grouping: Grouping) => void
  onClear: () => void
}

const NAMES: Record<keyof Facets, string> = {
  tier: 'Tier',
  kind: 'Kind',
  owner: 'Team',
  window: 'Window',
  label: 'Label',
  check: 'Check',
}
const GROUP_NAMES: Record<Grouping, string> = { urgency: 'Urgency', service: 'Service', owner: 'Team' }

export function FilterBar({ filter, facets, grouping, matched, total, search, onChange, onGrouping, onClear }: Props) {
  return (
    <search className="bar">
      <label className="bar-search">
        <Icon name="search" />
        <input
          ref={search}
          type="search"
          placeholder="Filter by service, SLO, team, label"
          aria-label="Filter by service, SLO, team or label"
          value={filter.q}
          onChange={(event) => onChange({ q: event.target.value })}
        />
        <kbd>/</kbd>
      </label>
      <div className="bar-chips">
        {(Object.keys(NAMES) as (keyof Facets)[])
          .filter((name) => facets[name].length > 0 || filter[name].length > 0)
          .map((name) => (
            <FacetMenu
              key={name}
              name={NAMES[name]}
              facets={facets[name]}
              chosen={filter[name]}
              onChange={(chosen) => onChange({ [name]: chosen })}
            />
          ))}
        <button
          type="button"
          className={`chip ${filter.gating ? 'chip-on' : ''}`}
          aria-pressed={filter.gating === true}
          onClick={() => onChange({ gating: filter.gating ? null : true })}
        >
          Gating
        </button>
        {isFiltering(filter) ? (
          <button type="button" className="btn btn-quiet btn-sm" onClick={onClear}>
            Clear
          </button>
        ) : null}
      </div>
      <div className="bar-end">
        <span className="bar-count" aria-live="polite">
          {matched} of {total} SLOs
        </span>
        <fieldset className="seg" aria-label="Group by">
          {GROUPINGS.map((name) => (
            <button
              key={name}
              type="button"
              data-word={GROUP_NAMES[name]}
              aria-pressed={grouping === name}
              onClick={() => onGrouping(name)}
            >
              {GROUP_NAMES[name]}
            </button>
          ))}
        </fieldset>
      </div>
    </search>
  )
}
