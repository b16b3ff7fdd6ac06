import type { Metadata } from 'next'
import { z } from 'zod'
import { AlertFilterBar } from '@/components/alert/alert-filter'
import { AlertList } from '@/components/alert/alert-list'
import { TopBar } from '@/components/frame/top-bar'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { listAlerts } from '@/lib/alert/reads'
import { alertQuerySchema } from '@/lib/alert/schema'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Alerts' }

const shownSchema = z.coerce.number().int().positive().nullable().catch(null)
const filterSchema = alertQuerySchema.catch({})
type Props = { searchParams: Promise<Record<string, string>> }

export default async function AlertsPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const now = Math.floor(Date.now() / 1000)
  const asked = await searchParams
  const filter = filterSchema.parse(asked)
  const alerts = await listAlerts(actor, filter)
  const about = filter.slo ? (alerts[0]?.slo.name ?? `SLO ${filter.slo}`) : (filter.service ?? null)
  return (
    <>
      <TopBar title="Alerts" person={personOf(actor)} />
      <main id="content" className="content">
        <AlertFilterBar filter={filter} about={about} />
        <AlertList
          alerts={alerts}
          now={now}
          shown={shownSchema.parse(asked.shown ?? null)}
          filtered={Object.keys(filter).length > 0}
        />
        <LiveRefresh />
      </main>
    </>
  )
}
