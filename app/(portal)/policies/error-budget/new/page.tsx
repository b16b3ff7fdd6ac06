import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { BudgetPolicyEditor } from '@/components/policy/budget-policy-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { copyOfBudgetPolicy } from '@/lib/policy/draft'
import { canDefineBudgetPolicy, WHO_DEFINES } from '@/lib/policy/policy'
import { STANDARD } from '@/lib/policy/presets'
import { budgetPolicy } from '@/lib/policy/reads'

export const metadata: Metadata = { title: 'New error-budget policy' }
type Props = { searchParams: Promise<{ from?: string }> }

export default async function NewBudgetPolicyPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const { from = STANDARD.slug } = await searchParams
  return (
    <>
      <TopBar title="New error-budget policy" parents={[{ href: '/policies', name: 'Policies' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canDefineBudgetPolicy(actor) ? (
          <BudgetPolicyEditor
            start={copyOfBudgetPolicy(await orNotFound(() => budgetPolicy(actor, from)))}
            stored={null}
            of={from}
          />
        ) : (
          <Forbidden>{WHO_DEFINES} You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
