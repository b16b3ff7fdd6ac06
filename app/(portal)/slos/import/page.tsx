import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ImportPage } from '@/components/slo-as-code/import/import-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDefineSlo } from '@/lib/slo/policy'

export const metadata: Metadata = { title: 'Import and export' }

export default async function ImportRoute() {
  const actor = await requireActorForPage()
  return (
    <>
      <TopBar title="Import and export" parents={[{ href: '/', name: 'Overview' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <ImportPage may={canDefineSlo(actor)} />
      </main>
    </>
  )
}
