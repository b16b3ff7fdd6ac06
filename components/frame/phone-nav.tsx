'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

const PLACES = [
  { href: '/', name: 'Overview' },
  { href: '/services', name: 'Services' },
  { href: '/journeys', name: 'Journeys' },
  { href: '/corrections', name: 'Corrections' },
  { href: '/templates', name: 'Templates' },
]

/** The places, at the foot of a phone. */
export function PhoneNav() {
  const path = usePathname()
  const here = PLACES.findLast(({ href }) => path.startsWith(href))
  return (
    <nav className="phone-nav" aria-label="Main">
      {PLACES.map((place) => (
        <Link key={place.href} href={place.href} aria-current={place === here ? 'page' : undefined}>
          {place.name}
        </Link>
      ))}
    </nav>
  )
}
