'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Icon } from '@/components/ui/icon'
import { Logo } from './logo'
import { PLACES } from './places'

/** The deepest place that a path lies below: an SLO belongs to the overview, a new one to the templates. */
const depth = (path: string, { href, below }: (typeof PLACES)[number]): number =>
  path === href ? path.length : Math.max(0, ...below.map((prefix) => (path.startsWith(prefix) ? prefix.length : 0)))
const placeOf = (path: string) => [...PLACES].sort((a, b) => depth(path, b) - depth(path, a))[0]

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
