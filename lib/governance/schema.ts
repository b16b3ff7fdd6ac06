import { z } from 'zod'
import type { Role } from '../auth/role'
import { slugSchema } from '../slo/definition-input'
import type { UnixSeconds } from '../time-series/units'
import type { GapKind, LooseGap, ServiceHolding } from './holding'
import type { Keeping, Practice } from './practice'

const whole = (what: string) =>
  z.coerce.number({ error: `${what} is a whole number.` }).int({ error: `${what} is a whole number.` })

/** Which services are shown; practices are those of the same team. */
export const governanceQuerySchema = z.object({
  team: slugSchema.optional(),
  q: z.string().trim().max(200, { error: 'Search for at most 200 characters.' }).default(''),
  gaps: z.enum(['only'], { error: 'Write gaps=only, or leave it out.' }).optional(),
  page: whole('A page').min(1, { error: 'Pages begin at 1.' }).max(10_000).default(1),
  limit: whole('The limit').min(1).max(500, { error: 'Ask for at most 500 services at once.' }).default(50),
})
export type GovernanceQuery = z.output<typeof governanceQuerySchema>

export type RoleHolders = { role: Role; responsibilities: string[]; people: number; names: string[] }
export type Governance = {
  asOf: UnixSeconds
  team: { slug: string; name: string } | null
  roles: RoleHolders[]
  /** one page of those that match */
  services: ServiceHolding[]
  /** of the team, or of everybody */
  total: number
  matched: number
  withGaps: number
  gapCounts: Record<GapKind, number>
  loose: LooseGap[]
  practices: (Practice & { keeping: Keeping })[]
}
