'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

/** The two places, at the foot of a phone. */
export function PhoneNav() {
  const path = usePathname()
  const services = path.startsWith('/services')
  return (
    <nav className="phone-nav" aria-label="Main">
      <Link href="/" aria-current={services ? undefined : 'page'}>
        Overview
      </Link>
      <Link href="/services" aria-current={services ? 'page' : undefined}>
        Services
      </Link>
    </nav>
  )
}
