import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { SloEditor } from '@/components/slo/editor/slo-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineSlo } from '@/lib/slo/policy'
import { editSloStart } from '@/lib/slo/reads-editor'
import { sloIdSchema, versionParamSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'Edit SLO' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ version?: string }> }

export default async function EditSloPage({ params, searchParams }: Props) {
  const actor = await requireActorForPage()
  const [{ id }, { version }] = [await params, await searchParams]
  const start = canDefineSlo(actor)
    ? await orNotFound(() => editSloStart(actor, sloIdSchema.parse(id), versionParamSchema.parse(version)))
    : null
  return (
    <>
      <TopBar
        title={start ? `Edit ${start.stored?.draft.name}` : 'Edit SLO'}
        parents={[{ href: `/slos/${id}`, name: 'SLO' }]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        {start ? (
          <SloEditor start={start} template={null} />
        ) : (
          <Forbidden>Engineers, SLO owners and administrators define SLOs. You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
