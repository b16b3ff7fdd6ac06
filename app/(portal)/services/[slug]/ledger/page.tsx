import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ServiceLedgerPage } from '@/components/ledger/service-ledger-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { monthsUntil, readLedgerQuery } from '@/lib/ledger/period'
import { serviceLedger } from '@/lib/ledger/reads'
import { loadService } from '../load'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, string>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Ledger of ${(await loadService((await params).slug)).service.name}` }
}

export default async function ServiceLedgerRoute({ params, searchParams }: Props) {
  const actor = await requireActorForPage()
  const { service } = await loadService((await params).slug)
  const query = readLedgerQuery(await searchParams)
  const found = await serviceLedger(actor, service.slug, query)
  const months = monthsUntil(Math.floor(Date.now() / 1000), 3)
  return (
    <>
      <TopBar title="Ledger" parents={[{ href: `/services/${service.slug}`, name: service.name }]} person={personOf(actor)} />
      <main id="content" className="content">
        <ServiceLedgerPage found={found} query={query} months={months} />
      </main>
    </>
  )
}
