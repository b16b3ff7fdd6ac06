import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { BudgetPolicyEditor } from '@/components/policy/budget-policy-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { draftOfBudgetPolicy } from '@/lib/policy/draft'
import { canDefineBudgetPolicy, WHO_DEFINES } from '@/lib/policy/policy'
import { budgetPolicy } from '@/lib/policy/reads'

export const metadata: Metadata = { title: 'Edit error-budget policy' }

type Props = { params: Promise<{ slug: string }> }

export default async function EditBudgetPolicyPage({ params }: Props) {
  const actor = await requireActorForPage()
  const { slug } = await params
  const policy = await orNotFound(() => budgetPolicy(actor, slug))
  const problem = policy.preset ? 'It comes with Headroom and stays as it is. Copy it and change the copy.' : WHO_DEFINES
  const parents = [{ href: `/policies/error-budget/${slug}`, name: policy.name }]
  return (
    <>
      <TopBar title={`Edit ${policy.name}`} parents={parents} person={personOf(actor)} />
      <main id="content" className="content">
        {canDefineBudgetPolicy(actor) && !policy.preset ? (
          <BudgetPolicyEditor start={draftOfBudgetPolicy(policy)} stored={{ slug, version: policy.version }} of={slug} />
        ) : (
          <Forbidden>{problem}</Forbidden>
        )}
      </main>
    </>
  )
}
