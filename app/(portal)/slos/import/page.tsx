import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ImportPage } from '@/components/slo-as-code/import/import-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { importStart } from '@/lib/slo-as-code/reads-import'

export const metadata: Metadata = { title: 'Import and export' }

export default async function ImportRoute() {
  const actor = await requireActorForPage()
  const start = await importStart(actor)
  return (
    <>
      <TopBar title="Import and export" parents={[{ href: '/', name: 'Overview' }]} person={personOf(actor)} />
      <main id="content" className="content">
        <ImportPage start={start} />
      </main>
    </>
  )
}
