import type { Metadata } from 'next'
import { cache } from 'react'
import { PolicyPage } from '@/components/alert/policy-page'
import { TopBar } from '@/components/frame/top-bar'
import { PolicyMenu } from '@/components/policy/policy-menu'
import { canDefineAlertPolicy } from '@/lib/alert/policy'
import { alertPolicy, listAlertPolicies } from '@/lib/alert/reads-policies'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { deletePolicyNow } from '../actions'

const LOSES = 'Alerts that it raised keep its name and what they saw.'
type Props = { params: Promise<{ slug: string }> }

/** Read once for the title and for the page. */
const load = cache((slug: string) => orNotFound(async () => alertPolicy(await requireActorForPage(), slug)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await load((await params).slug)).name}, alert policy` }
}

export default async function PolicyRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const policy = await load((await params).slug)
  const may = canDefineAlertPolicy(actor)
  const others = (await listAlertPolicies(actor)).filter(({ slug }) => slug !== policy.slug)
  return (
    <>
      <TopBar title={policy.name} parents={[{ href: '/policies', name: 'Policies' }]} person={personOf(actor)}>
        {may ? <PolicyMenu policy={policy} under="/policies" loses={LOSES} remove={deletePolicyNow} /> : null}
      </TopBar>
      <main id="content" className="content">
        <PolicyPage policy={policy} others={others} may={may} now={Math.floor(Date.now() / 1000)} />
      </main>
    </>
  )
}
