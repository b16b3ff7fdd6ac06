'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { placeOf } from './place-of'
import { PLACES } from './places'

/** The places, at the foot of a phone: more than fit, so the one where one is comes into view. */
export function PhoneNav() {
  const path = usePathname()
  const here = placeOf(path)
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another place
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (nav.current && current)
      nav.current.scrollLeft = current.offsetLeft + current.offsetWidth / 2 - nav.current.clientWidth / 2
  }, [path])
  return (
    <nav ref={nav} className="phone-nav" aria-label="Main">
      {PLACES.map((place) => (
        <Link key={place.href} href={place.href} aria-current={place === here ? 'page' : undefined}>
          {place.name}
        </Link>
      ))}
    </nav>
  )
}
