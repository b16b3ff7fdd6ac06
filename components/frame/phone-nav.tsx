'use client'
import { usePathname, useRouter } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { Menu, MenuItem } from '@/components/ui/menu'
import { PLACES, placeOf } from './places'

const OFTEN = PLACES.filter(({ often }) => often)
const OTHERS = PLACES.filter(({ often }) => !often)

/** The places, at the foot of a phone: what one looks at on the way, and a menu for the rest. */
export function PhoneNav() {
  const router = useRouter()
  const here = placeOf(usePathname())
  const other = here && !here.often ? here : undefined
  return (
    <nav className="phone-nav" aria-label="Main">
      {OFTEN.map((place) => (
        <Link key={place.href} href={place.href} aria-current={place === here ? 'page' : undefined}>
          {place.name}
        </Link>
      ))}
      <Menu
        end
        trigger={
          <button type="button" aria-current={other ? 'page' : undefined}>
            {other?.name ?? 'More'}
          </button>
        }
      >
        {OTHERS.map(({ href, name }) => (
          <MenuItem key={href} onSelect={() => router.push(href)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </nav>
  )
}
