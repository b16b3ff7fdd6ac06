import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { ChannelList } from '@/components/notify/channel-list'
import { NotifyTabs } from '@/components/notify/notify-tabs'
import { Forbidden } from '@/components/ui/forbidden'
import { LiveRefresh } from '@/components/ui/live-refresh'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canChangeChannels, canReadChannels, WHO_READS } from '@/lib/notify/policy'
import { listChannels, routableTeams } from '@/lib/notify/reads'

export const metadata: Metadata = { title: 'Notifications' }

export default async function ChannelsPage() {
  const actor = await requireActorForPage()
  const may = canReadChannels(actor)
  const [channels, teams] = may ? await Promise.all([listChannels(actor), routableTeams(actor)]) : [[], []]
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <TopBar title="Notifications" person={personOf(actor)} />
      <main id="content" className="content">
        {may ? (
          <>
            <LiveRefresh />
            <NotifyTabs here="/settings/channels" />
            <ChannelList channels={channels} teams={teams} now={now} may={canChangeChannels(actor)} />
          </>
        ) : (
          <Forbidden>{WHO_READS}</Forbidden>
        )}
      </main>
    </>
  )
}
