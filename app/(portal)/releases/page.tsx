import type { Metadata } from 'next'
import { QueueBar } from '@/components/decision/queue-bar'
import { QueueKeys } from '@/components/decision/queue-keys'
import { RequestQueue } from '@/components/decision/request-queue'
import { NewLink } from '@/components/frame/new-link'
import { TopBar } from '@/components/frame/top-bar'
import { ProposalsNotice } from '@/components/release/proposals-notice'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canAskForRelease } from '@/lib/decision/policy'
import { releaseQueue } from '@/lib/decision/reads-queue'

export const metadata: Metadata = { title: 'Releases' }
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ReleasesPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const queue = await releaseQueue(actor, await searchParams)
  const may = canAskForRelease(actor)
  return (
    <>
      <TopBar title="Releases" person={personOf(actor)}>
        {may ? <NewLink href="/releases/new" name="Ask for a release" /> : null}
      </TopBar>
      <main id="content" className="content">
        <LiveRefresh />
        <ProposalsNotice releases={queue.proposals} />
        <QueueBar queue={queue} />
        <RequestQueue queue={queue} may={may} />
      </main>
      <QueueKeys may={may} />
    </>
  )
}
