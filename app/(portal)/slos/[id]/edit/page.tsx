import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ManagedPanel } from '@/components/slo/editor/managed-panel'
import { NoDefining } from '@/components/slo/editor/no-defining'
import { SloEditor } from '@/components/slo/editor/slo-editor'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineSlo } from '@/lib/slo/policy'
import { editSloStart } from '@/lib/slo/reads-editor'
import { sloIdSchema, versionParamSchema } from '@/lib/slo/schema'
import { managedSlo } from '@/lib/slo-as-code/reads-managed'

export const metadata: Metadata = { title: 'Edit SLO' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ version?: string }> }

export default async function EditSloPage({ params, searchParams }: Props) {
  const actor = await requireActorForPage()
  const [{ id }, { version }] = [await params, await searchParams]
  const managed = await orNotFound(() => managedSlo(actor, sloIdSchema.parse(id)))
  const may = canDefineSlo(actor) && !managed
  const start = may ? await orNotFound(() => editSloStart(actor, sloIdSchema.parse(id), versionParamSchema.parse(version))) : null
  const name = start?.stored?.draft.name
  return (
    <>
      <TopBar
        title={managed ? `Definition of ${managed.name}` : name ? `Edit ${name}` : 'Edit SLO'}
        parents={[{ href: `/slos/${id}`, name: 'SLO' }]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        {managed ? <ManagedPanel slo={managed} now={Math.floor(Date.now() / 1000)} /> : null}
        {start ? <SloEditor start={start} template={null} /> : null}
        {managed || start ? null : <NoDefining />}
      </main>
    </>
  )
}
