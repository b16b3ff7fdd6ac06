import type { ReactNode } from 'react'
import { Nav } from '@/components/frame/nav'
import { PhoneNav } from '@/components/frame/phone-nav'
import { requireActorForPage } from '@/lib/auth/session'

export default async function PortalLayout({ children }: { children: ReactNode }) {
  // Before anything is sent: who is not signed in is redirected, not shown a page on its way.
  await requireActorForPage()
  return (
    <div className="app">
      <a href="#content" className="skip">
        To the content
      </a>
      <Nav />
      <div className="page">{children}</div>
      <PhoneNav />
    </div>
  )
}
