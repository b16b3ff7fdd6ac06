'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Icon } from '@/components/ui/icon'
import { Logo } from './logo'
import { placeOf } from './place-of'
import { PLACES } from './places'

export function Nav() {
  const path = usePathname()
  return (
    <nav className="nav" aria-label="Main">
      <Link href="/" className="nav-brand" aria-label="Headroom, overview">
        <Logo />
        <span>Headroom</span>
      </Link>
      {PLACES.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          className="nav-link"
          title={place.name}
          aria-label={place.name}
          aria-current={placeOf(path) === place ? 'page' : undefined}
        >
          <Icon name={place.icon} />
          <span>{place.name}</span>
        </Link>
      ))}
      <p className="nav-foot">All times UTC</p>
    </nav>
  )
}
