'use client'
import { useRouter } from 'next/navigation'
import { PrintButton } from '@/components/service/print-button'
import type { GovernanceQuery } from '@/lib/governance/schema'
import { addressOf } from './address'

type Props = { teams: { slug: string; name: string }[]; query: GovernanceQuery }

/** Which team, which words, gaps only; the address says all three. */
export function GovernanceFilter({ teams, query }: Props) {
  const router = useRouter()
  const go = (change: Partial<GovernanceQuery>) => router.push(addressOf({ ...query, page: 1, ...change }))
  return (
    <form
      className="n-filter gv-filter"
      onSubmit={(event) => {
        event.preventDefault()
        go({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() })
      }}
    >
      <label>
        <span>Team</span>
        <select
          className="input"
          key={query.team}
          defaultValue={query.team ?? ''}
          onChange={({ target }) => go({ team: target.value || undefined })}
        >
          <option value="">All teams</option>
          {teams.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Find</span>
        <input
          className="input"
          type="search"
          name="q"
          key={query.q}
          defaultValue={query.q}
          placeholder="service, person, policy"
        />
      </label>
      <label className="check">
        <input
          type="checkbox"
          key={query.gaps}
          defaultChecked={query.gaps === 'only'}
          onChange={({ target }) => go({ gaps: target.checked ? 'only' : undefined })}
        />
        <span>Gaps only</span>
      </label>
      <PrintButton />
    </form>
  )
}
