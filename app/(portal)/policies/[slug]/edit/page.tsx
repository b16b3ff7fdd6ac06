import type { Metadata } from 'next'
import { PolicyEditor } from '@/components/alert/policy-editor'
import { TopBar } from '@/components/frame/top-bar'
import { Forbidden } from '@/components/ui/forbidden'
import { draftOfPolicy } from '@/lib/alert/draft'
import { canDefineAlertPolicy, WHO_DEFINES } from '@/lib/alert/policy'
import { alertPolicy } from '@/lib/alert/reads-policies'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'

export const metadata: Metadata = { title: 'Edit alert policy' }

type Props = { params: Promise<{ slug: string }> }

export default async function EditPolicyPage({ params }: Props) {
  const actor = await requireActorForPage()
  const { slug } = await params
  const policy = await orNotFound(() => alertPolicy(actor, slug))
  const problem = policy.preset ? 'It comes with Headroom and stays as it is. Copy it and change the copy.' : WHO_DEFINES
  return (
    <>
      <TopBar
        title={`Edit ${policy.name}`}
        parents={[{ href: `/policies/${slug}`, name: policy.name }]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        {canDefineAlertPolicy(actor) && !policy.preset ? (
          <PolicyEditor start={draftOfPolicy(policy)} stored={{ slug, version: policy.version }} />
        ) : (
          <Forbidden>{problem}</Forbidden>
        )}
      </main>
    </>
  )
}
