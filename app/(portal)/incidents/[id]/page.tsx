import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { IncidentPage } from '@/components/incident/incident-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { incidentChoices } from '@/lib/incident/reads-form'
import { incidentName } from '@/lib/incident/words'
import { loadIncident } from './load'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, title } = await loadIncident((await params).id)
  return { title: `${incidentName(id)}: ${title}` }
}

export default async function IncidentRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const incident = await loadIncident((await params).id)
  const choices = await incidentChoices(actor)
  const me = actor.type === 'user' ? actor.id : null
  return (
    <>
      <TopBar title={incidentName(incident.id)} parents={[{ href: '/incidents', name: 'Incidents' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <IncidentPage start={incident} choices={choices} me={me} now={Math.floor(Date.now() / 1000)} />
      </main>
    </>
  )
}
