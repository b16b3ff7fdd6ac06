import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { VersionList } from '@/components/slo/versions/version-list'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canDefineSlo } from '@/lib/slo/policy'
import { sloVersions } from '@/lib/slo/reads-versions'
import { loadSlo, wayTo } from '../load'

export const metadata: Metadata = { title: 'Versions' }

type Props = { params: Promise<{ id: string }> }

export default async function VersionsPage({ params }: Props) {
  const actor = await requireActorForPage()
  const slo = await loadSlo((await params).id)
  const versions = await sloVersions(actor, slo.id)
  return (
    <>
      <TopBar title="Versions" parents={wayTo(slo)} person={personOf(actor)} />
      <main id="content" className="content">
        <VersionList
          sloId={slo.id}
          current={slo.version}
          versions={versions}
          may={canDefineSlo(actor)}
          now={Math.floor(Date.now() / 1000)}
        />
      </main>
    </>
  )
}
