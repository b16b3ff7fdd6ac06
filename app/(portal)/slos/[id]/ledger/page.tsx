import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { LedgerPage } from '@/components/ledger/ledger-page'
import { EmptyState } from '@/components/ui/empty-state'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRunIncidents } from '@/lib/incident/policy'
import { monthsUntil, readLedgerQuery } from '@/lib/ledger/period'
import { sloLedgerIfAny } from '@/lib/ledger/reads'
import { windowLabel } from '@/lib/slo/window'
import { loadSlo, wayTo } from '../load'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string>> }
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Ledger of ${(await loadSlo((await params).id)).name}` }
}

export default async function LedgerRoute({ params, searchParams }: Props) {
  const actor = await requireActorForPage()
  const [slo, query] = [await loadSlo((await params).id), readLedgerQuery(await searchParams)]
  const ledger = await sloLedgerIfAny(actor, slo.id, query)
  return (
    <>
      <TopBar title="Ledger" parents={wayTo(slo)} person={personOf(actor)} />
      <main id="content" className="content">
        {ledger ? (
          <LedgerPage
            ledger={ledger}
            query={query}
            months={monthsUntil(ledger.asOf, 3)}
            window={windowLabel(slo.window)}
            may={canRunIncidents(actor)}
          />
        ) : (
          <EmptyState title="No ledger yet">It begins with the first minute that is measured.</EmptyState>
        )}
      </main>
    </>
  )
}
