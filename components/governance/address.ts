import type { GovernanceQuery } from '@/lib/governance/schema'

/** The address of what is looked at. */
export function addressOf({ team, q, gaps, page }: GovernanceQuery): string {
  const query = new URLSearchParams()
  if (team) query.set('team', team)
  if (q) query.set('q', q)
  if (gaps) query.set('gaps', gaps)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? '/governance' : `/governance?${query}`
}
