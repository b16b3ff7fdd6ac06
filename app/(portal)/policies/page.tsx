import type { Metadata } from 'next'
import { PolicyList } from '@/components/alert/policy-list'
import { TopBar } from '@/components/frame/top-bar'
import { BudgetPolicyList } from '@/components/policy/budget-policy-list'
import { canDefineAlertPolicy } from '@/lib/alert/policy'
import { assignableTo, listAlertPolicies } from '@/lib/alert/reads-policies'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDefineBudgetPolicy } from '@/lib/policy/policy'
import { listBudgetPolicies } from '@/lib/policy/reads'

export const metadata: Metadata = { title: 'Policies' }

export default async function PoliciesPage() {
  const actor = await requireActorForPage()
  const [budget, alert] = await Promise.all([listBudgetPolicies(actor), listAlertPolicies(actor)])
  const [mayBudget, mayAlert] = [canDefineBudgetPolicy(actor), canDefineAlertPolicy(actor)]
  const choices = mayBudget || mayAlert ? await assignableTo(actor) : []
  return (
    <>
      <TopBar title="Policies" person={personOf(actor)} />
      <main id="content" className="content">
        <BudgetPolicyList policies={budget} may={mayBudget} choices={choices} now={Math.floor(Date.now() / 1000)} />
        <PolicyList policies={alert} may={mayAlert} choices={choices} />
      </main>
    </>
  )
}
