import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { LinkList } from '@/components/wall/link-list'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canChangeWallLinks } from '@/lib/wall/policy'
import { wallLinks, wallTeams } from '@/lib/wall/reads-links'

export const metadata: Metadata = { title: 'Walls' }

export default async function WallsPage() {
  const actor = await requireActorForPage()
  const [links, teams] = await Promise.all([wallLinks(actor), wallTeams(actor)])
  const now = Math.floor(Date.now() / 1000)
  return (
    <>
      <TopBar title="Walls" person={personOf(actor)} />
      <main id="content" className="content">
        <LinkList links={links} teams={teams} now={now} may={canChangeWallLinks(actor)} />
      </main>
    </>
  )
}
