import type { Metadata } from 'next'
import { cache } from 'react'
import { TopBar } from '@/components/frame/top-bar'
import { BudgetPolicyPage } from '@/components/policy/budget-policy-page'
import { PolicyMenu } from '@/components/policy/policy-menu'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { personBehind } from '@/lib/correction/policy'
import { orNotFound } from '@/lib/page'
import { agreesAs, canDefineBudgetPolicy } from '@/lib/policy/policy'
import { budgetPolicy } from '@/lib/policy/reads'
import { deleteBudgetPolicyNow } from '../actions'

const LOSES = 'Its versions and agreements go with it. Decisions keep its name.'
type Props = { params: Promise<{ slug: string }> }

/** Read once for the title and for the page. */
const load = cache((slug: string) => orNotFound(async () => budgetPolicy(await requireActorForPage(), slug)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await load((await params).slug)).name}, error-budget policy` }
}

export default async function BudgetPolicyRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const policy = await load((await params).slug)
  const may = canDefineBudgetPolicy(actor)
  const me = { person: personBehind(actor), role: agreesAs(actor, policy.settings.agreedBy) }
  return (
    <>
      <TopBar title={policy.name} parents={[{ href: '/policies', name: 'Policies' }]} person={personOf(actor)}>
        {may ? <PolicyMenu policy={policy} under="/policies/error-budget" loses={LOSES} remove={deleteBudgetPolicyNow} /> : null}
      </TopBar>
      <main id="content" className="content">
        <BudgetPolicyPage policy={policy} may={may} me={me} now={Math.floor(Date.now() / 1000)} />
      </main>
    </>
  )
}
