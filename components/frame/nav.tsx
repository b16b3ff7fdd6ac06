'use client'
import { usePathname } from 'next/navigation'
import { Icon } from '@/components/ui/icon'
import { Logo } from './logo'
import { PlaceLink } from './place-link'
import { PLACE_GROUPS, placeOf } from './places'

/** `waiting`: how many requests wait for the reader, by the address of their place. */
export function Nav({ waiting }: { waiting: Record<string, number> }) {
  const here = placeOf(usePathname())
  return (
    <nav className="nav" aria-label="Main">
      <PlaceLink href="/" className="nav-brand" aria-label="Headroom, overview">
        <Logo />
        <span>Headroom</span>
      </PlaceLink>
      {PLACE_GROUPS.map(({ name, places }) => (
        <div key={name} className="nav-group">
          <p aria-hidden="true">{name}</p>
          {places.map((place) => (
            <PlaceLink
              key={place.href}
              href={place.href}
              className="nav-link"
              title={place.name}
              aria-label={labelOf(place.name, waiting[place.href])}
              aria-current={here === place ? 'page' : undefined}
            >
              <Icon name={place.icon} />
              <span>{place.name}</span>
              {waiting[place.href] ? <b className="nav-count">{waiting[place.href]}</b> : null}
            </PlaceLink>
          ))}
        </div>
      ))}
      <p className="nav-foot">All times UTC</p>
    </nav>
  )
}

const labelOf = (name: string, waiting = 0): string =>
  waiting === 0 ? name : `${name}, ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for you`
