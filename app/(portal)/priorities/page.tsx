import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { PriorityBoard } from '@/components/priority/priority-board'
import { ToilPanel } from '@/components/priority/toil-panel'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canPlan } from '@/lib/priority/policy'
import { priorities, priorityOwners, teamToils } from '@/lib/priority/reads'

export const metadata: Metadata = { title: 'Priorities' }

export default async function PrioritiesPage() {
  const actor = await requireActorForPage()
  const { gaps, unknown } = await priorities(actor)
  const may = canPlan(actor)
  return (
    <>
      <TopBar title="Priorities" person={personOf(actor)} />
      <main id="content" className="content">
        <LiveRefresh />
        <PriorityBoard gaps={gaps} unknown={unknown} people={may ? await priorityOwners(actor) : []} may={may} />
        <ToilPanel teams={await teamToils(actor)} may={may} />
      </main>
    </>
  )
}
