import type { Metadata } from 'next'
import { PolicyList } from '@/components/alert/policy-list'
import { TopBar } from '@/components/frame/top-bar'
import { canDefineAlertPolicy } from '@/lib/alert/policy'
import { assignableTo, listAlertPolicies } from '@/lib/alert/reads-policies'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Policies' }

export default async function PoliciesPage() {
  const actor = await requireActorForPage()
  const policies = await listAlertPolicies(actor)
  const may = canDefineAlertPolicy(actor)
  return (
    <>
      <TopBar title="Policies" person={personOf(actor)} />
      <main id="content" className="content">
        <PolicyList policies={policies} may={may} choices={may ? await assignableTo(actor) : []} />
      </main>
    </>
  )
}
