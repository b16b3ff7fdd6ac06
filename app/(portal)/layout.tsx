import type { ReactNode } from 'react'
import { KeysProvider } from '@/components/frame/keys-provider'
import { Nav } from '@/components/frame/nav'
import { PhoneNav } from '@/components/frame/phone-nav'
import { requireActorForPage } from '@/lib/auth/session'
import { waitingFor } from '@/lib/decision/reads'

export default async function PortalLayout({ children }: { children: ReactNode }) {
  // Before anything is sent: who is not signed in is redirected, not shown a page on its way.
  const waiting = { '/releases': await waitingFor(await requireActorForPage()) }
  return (
    <div className="app">
      <a href="#content" className="skip">
        To the content
      </a>
      <Nav waiting={waiting} />
      <KeysProvider>
        <div className="page">{children}</div>
      </KeysProvider>
      <PhoneNav />
    </div>
  )
}
