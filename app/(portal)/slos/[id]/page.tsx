import type { Metadata } from 'next'
import { z } from 'zod'
import { Freshness } from '@/components/frame/freshness'
import { TopBar } from '@/components/frame/top-bar'
import { SloPage } from '@/components/slo/detail/slo-page'
import { listAlerts } from '@/lib/alert/reads'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRequestCorrection } from '@/lib/correction/policy'
import { listCorrections } from '@/lib/correction/reads'
import { sloLedgerIfAny } from '@/lib/ledger/reads'
import { HISTORY_RANGES } from '@/lib/slo/detail'
import { maySlo } from '@/lib/slo/policy'
import { sloHistory } from '@/lib/slo/reads'
import { loadSlo } from './load'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ range?: string }> }
const rangeSchema = z.enum(HISTORY_RANGES).catch('30d')

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, service } = await loadSlo((await params).id)
  return { title: `${name}, ${service.name}` }
}

export default async function SloRoute({ params, searchParams }: Props) {
  const actor = await requireActorForPage()
  const range = rangeSchema.parse((await searchParams).range)
  const detail = await loadSlo((await params).id)
  const history = await sloHistory(actor, detail.id, range)
  const corrections = await listCorrections(actor, { sloId: detail.id })
  const ledger = await sloLedgerIfAny(actor, detail.id, { period: 'window', by: 'day' })
  const alerts = await listAlerts(actor, { slo: detail.id }, 8)
  const now = Math.floor(Date.now() / 1000)
  const { service, name } = detail
  return (
    <>
      <TopBar
        title={name}
        parents={[
          { href: '/', name: 'Overview' },
          { href: `/services/${service.slug}`, name: service.name },
        ]}
        person={personOf(actor)}
      >
        <Freshness asOf={detail.status?.ts ?? null} start={now} />
      </TopBar>
      <main id="content" className="content">
        <SloPage
          start={{ detail, history, range, corrections, ledger, alerts, now }}
          may={{ ...maySlo(actor), correct: canRequestCorrection(actor) }}
        />
      </main>
    </>
  )
}
