import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { TemplateGallery } from '@/components/template/template-gallery'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDefineSlo } from '@/lib/slo/policy'
import { listTemplates } from '@/lib/template/reads'

export const metadata: Metadata = { title: 'Templates' }

export default async function TemplatesPage() {
  const actor = await requireActorForPage()
  const templates = (await listTemplates(actor)).map(({ slug, group, name, summary, kind, own, draft }) => ({
    ...{ slug, group, name, summary, kind, own, draft },
  }))
  return (
    <>
      <TopBar title="Templates" person={personOf(actor)} />
      <main id="content" className="content">
        <TemplateGallery templates={templates} may={canDefineSlo(actor)} />
      </main>
    </>
  )
}
