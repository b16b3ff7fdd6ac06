import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { NotifyTabs } from '@/components/notify/notify-tabs'
import { OutboxFilterBar } from '@/components/notify/outbox-filter'
import { OutboxList } from '@/components/notify/outbox-list'
import { Forbidden } from '@/components/ui/forbidden'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canReadChannels, WHO_READS } from '@/lib/notify/policy'
import { outboxPage } from '@/lib/notify/reads-outbox'

export const metadata: Metadata = { title: 'Outbox' }
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function OutboxPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const page = canReadChannels(actor) ? await outboxPage(actor, await searchParams) : null
  return (
    <>
      <TopBar title="Outbox" parents={[{ href: '/settings/channels', name: 'Notifications' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {page ? (
          <>
            <LiveRefresh />
            <NotifyTabs here="/settings/outbox" />
            <OutboxFilterBar filter={page.filter} channels={page.channels} />
            <OutboxList {...page} />
          </>
        ) : (
          <Forbidden>{WHO_READS}</Forbidden>
        )}
      </main>
    </>
  )
}
