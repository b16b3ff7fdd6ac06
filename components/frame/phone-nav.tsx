'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { PLACES } from './places'

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
