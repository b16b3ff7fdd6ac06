'use client'
import { useRouter } from 'next/navigation'
import { quarterOf, quartersFrom, quarterText } from '@/lib/priority/quarter'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { teams: { slug: string; name: string }[]; team: string; quarter: string; now: UnixSeconds }
const BACK = 6

/** Which team and which quarter; the address says both. */
export function PlanningFilter({ teams, team, quarter, now }: Props) {
  const router = useRouter()
  const running = quarterOf(now)
  const quarters = Array.from({ length: BACK }, (_, i) => quartersFrom(running, -i))
  const go = (to: { team: string; quarter: string }) => router.push(`/planning?${new URLSearchParams(to)}`)
  return (
    <div className="n-filter pl-filter">
      <label>
        <span>Team</span>
        <select className="input" value={team} onChange={({ target }) => go({ team: target.value, quarter })}>
          {teams.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Quarter</span>
        <select className="input" value={quarter} onChange={({ target }) => go({ team, quarter: target.value })}>
          {[...new Set([...quarters, quarter])].map((one) => (
            <option key={one} value={one}>
              {quarterText(one)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
