import type { ReactNode } from 'react'
import { Nav } from '@/components/frame/nav'
import { PhoneNav } from '@/components/frame/phone-nav'

export default function PortalLayout({ children }: { children: ReactNode }) {
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
