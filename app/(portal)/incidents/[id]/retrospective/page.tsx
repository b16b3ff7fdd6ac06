import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { RetrospectivePage } from '@/components/incident/retrospective-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { incidentChart } from '@/lib/incident/reads-chart'
import { incidentName } from '@/lib/incident/words'
import { loadIncident } from '../load'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, title } = await loadIncident((await params).id)
  return { title: `Retrospective of ${incidentName(id)}: ${title}` }
}

export default async function RetrospectiveRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const incident = await loadIncident((await params).id)
  const now = Math.floor(Date.now() / 1000)
  const parents = [
    { href: '/incidents', name: 'Incidents' },
    { href: `/incidents/${incident.id}`, name: incidentName(incident.id) },
  ]
  return (
    <>
      <TopBar title="Retrospective" parents={parents} person={personOf(actor)} />
      <main id="content" className="content">
        <RetrospectivePage incident={incident} chart={await incidentChart(actor, incident, now)} now={now} />
      </main>
    </>
  )
}
