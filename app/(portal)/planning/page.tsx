import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { PlanningFilter } from '@/components/priority/planning-filter'
import { PlanningPage } from '@/components/priority/planning-page'
import { EmptyState } from '@/components/ui/empty-state'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canPlan } from '@/lib/priority/policy'
import { planning, planningTeams } from '@/lib/priority/reads-planning'
import { planningPageSchema } from '@/lib/priority/schema'

export const metadata: Metadata = { title: 'Planning' }
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function PlanningRoute({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const params = await searchParams
  const { teams, own } = await planningTeams(actor)
  const view = await orNotFound(async () => {
    const { team = own, quarter } = planningPageSchema.parse(params)
    return team === null ? null : planning(actor, { team, quarter })
  })
  return (
    <>
      <TopBar title="Planning" person={personOf(actor)} />
      <main id="content" className="content">
        {view === null ? (
          <EmptyState title="No team builds a service">Give a service a team, then plan its quarter.</EmptyState>
        ) : null}
        {view ? (
          <PlanningFilter teams={teams} team={view.team.slug} quarter={view.quarter} now={Math.floor(Date.now() / 1000)} />
        ) : null}
        {view ? <PlanningPage view={view} may={canPlan(actor)} now={Math.floor(Date.now() / 1000)} /> : null}
      </main>
    </>
  )
}
