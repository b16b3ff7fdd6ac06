import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { TakeOutPage } from '@/components/slo-as-code/take-out-page'
import { EmptyState } from '@/components/ui/empty-state'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { takeOutOfSlo } from '@/lib/slo-as-code/reads-take-out'
import { loadSlo, wayTo } from '../load'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Export of ${(await loadSlo((await params).id)).name}` }
}

export default async function ExportRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const slo = await loadSlo((await params).id)
  const takeOut = await takeOutOfSlo(actor, slo.id)
  return (
    <>
      <TopBar title="Export" parents={wayTo(slo)} person={personOf(actor)} />
      <main id="content" className="content">
        {takeOut ? (
          <TakeOutPage takeOut={takeOut} />
        ) : (
          <EmptyState title="Nothing to take out yet">This is a draft. Activate it, and it can be taken out as files.</EmptyState>
        )}
      </main>
    </>
  )
}
