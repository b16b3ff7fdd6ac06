import type { Metadata } from 'next'
import { z } from 'zod'
import { TopBar } from '@/components/frame/top-bar'
import { IncidentForm } from '@/components/incident/incident-form'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRunIncidents, WHO_RUNS } from '@/lib/incident/policy'
import { incidentChoices } from '@/lib/incident/reads-form'
import { sloIdSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'Open an incident' }

const second = z.coerce.number().int().positive().optional()
const fromSchema = z.object({ slo: sloIdSchema.optional(), service: z.string().max(60).optional(), from: second, to: second })
type Props = { searchParams: Promise<Record<string, string>> }

export default async function NewIncidentPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const from = fromSchema.catch({}).parse(await searchParams)
  return (
    <>
      <TopBar title="Open an incident" parents={[{ href: '/incidents', name: 'Incidents' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canRunIncidents(actor) ? (
          <IncidentForm services={(await incidentChoices(actor)).services} from={from} now={Math.floor(Date.now() / 1000)} />
        ) : (
          <Forbidden>{WHO_RUNS}</Forbidden>
        )}
      </main>
    </>
  )
}
