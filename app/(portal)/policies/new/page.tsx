import type { Metadata } from 'next'
import { PolicyEditor } from '@/components/alert/policy-editor'
import { TopBar } from '@/components/frame/top-bar'
import { Forbidden } from '@/components/ui/forbidden'
import { copyOf } from '@/lib/alert/draft'
import { canDefineAlertPolicy, WHO_DEFINES } from '@/lib/alert/policy'
import { WORKBOOK } from '@/lib/alert/presets'
import { alertPolicy } from '@/lib/alert/reads-policies'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'

import { orNotFound } from '@/lib/page'

export const metadata: Metadata = { title: 'New alert policy' }
type Props = { searchParams: Promise<{ from?: string }> }

export default async function NewPolicyPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const { from = WORKBOOK.slug } = await searchParams
  return (
    <>
      <TopBar title="New alert policy" parents={[{ href: '/policies', name: 'Policies' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canDefineAlertPolicy(actor) ? (
          <PolicyEditor start={copyOf(await orNotFound(() => alertPolicy(actor, from)))} stored={null} />
        ) : (
          <Forbidden>{WHO_DEFINES} You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
