'use client'
import { useQueryStates } from 'nuqs'
import { useHydrated } from '@/components/ui/use-hydrated'
import { reportParams } from './search-params'

const PAUSE = 200

/** A part of a name, a team or a tier; the page reads anew while one types. */
export function ReportFilter() {
  const ready = useHydrated()
  const [{ q }, choose] = useQueryStates(reportParams, { shallow: false, throttleMs: PAUSE })
  return (
    <search className="n-filter">
      <label>
        <span>Service</span>
        <input
          className="input"
          type="search"
          data-search=""
          placeholder="Name, team or tier"
          value={q}
          disabled={!ready}
          onChange={({ target }) => void choose({ q: target.value || null })}
        />
      </label>
      <p className="r-legend">Objectives met of those that could be judged; “so far” is a preview of the running month.</p>
    </search>
  )
}
