import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { GovernancePage } from '@/components/governance/governance-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { governance, governedTeams } from '@/lib/governance/reads'
import { governanceQuerySchema } from '@/lib/governance/schema'
import { orNotFound } from '@/lib/page'

export const metadata: Metadata = { title: 'Governance' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Governance({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const asked = await searchParams
  const { query, found, teams } = await orNotFound(async () => {
    const query = governanceQuerySchema.parse(asked)
    return { query, found: await governance(actor, query), teams: await governedTeams(actor) }
  })
  return (
    <>
      <TopBar title="Governance" person={personOf(actor)} />
      <main id="content" className="content">
        <GovernancePage found={found} query={query} teams={teams} />
      </main>
    </>
  )
}
