import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { VersionList } from '@/components/slo/versions/version-list'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineSlo } from '@/lib/slo/policy'
import { sloDetail } from '@/lib/slo/reads'
import { sloVersions } from '@/lib/slo/reads-versions'
import { sloIdSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'Versions' }

type Props = { params: Promise<{ id: string }> }

export default async function VersionsPage({ params }: Props) {
  const actor = await requireActorForPage()
  const { id: text } = await params
  const { id, name, version, service } = await orNotFound(() => sloDetail(actor, sloIdSchema.parse(text)))
  const versions = await sloVersions(actor, id)
  return (
    <>
      <TopBar
        title="Versions"
        parents={[
          { href: `/services/${service.slug}`, name: service.name },
          { href: `/slos/${id}`, name },
        ]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        <VersionList
          sloId={id}
          current={version}
          versions={versions}
          may={canDefineSlo(actor)}
          now={Math.floor(Date.now() / 1000)}
        />
      </main>
    </>
  )
}
