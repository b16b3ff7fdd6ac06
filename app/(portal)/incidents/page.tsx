import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { IncidentFilters } from '@/components/incident/incident-filters'
import { IncidentList } from '@/components/incident/incident-list'
import { isFiltered, loadIncidentFilter } from '@/components/incident/search-params'
import { Link } from '@/components/ui/link'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRunIncidents } from '@/lib/incident/policy'
import { listIncidents } from '@/lib/incident/reads'
import { incidentChoices } from '@/lib/incident/reads-form'

export const metadata: Metadata = { title: 'Incidents' }
type Props = { searchParams: Promise<Record<string, string | string[]>> }

export default async function IncidentsPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const now = Math.floor(Date.now() / 1000)
  const filter = await loadIncidentFilter(searchParams)
  const incidents = await listIncidents(actor, filter, now)
  const { services } = await incidentChoices(actor)
  const may = canRunIncidents(actor)
  return (
    <>
      <TopBar title="Incidents" person={personOf(actor)}>
        {may ? (
          <Link className="btn btn-sm" href="/incidents/new">
            Open an incident
          </Link>
        ) : null}
      </TopBar>
      <main id="content" className="content">
        <LiveRefresh />
        <IncidentFilters services={services} />
        <IncidentList incidents={incidents} now={now} may={may} filtered={isFiltered(filter)} />
      </main>
    </>
  )
}
