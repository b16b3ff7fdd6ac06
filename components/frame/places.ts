import type { IconName } from '@/components/ui/icon'

export type Place = {
  href: string
  name: string
  icon: IconName
  /** g and this key lead there */
  key: string
  /** paths that belong to it */
  below: string[]
  /** has its own button at the foot of a phone */
  often?: boolean
}

/** The places of the portal, in the order of the navigation: what people watch, decide, define and tell others. */
export const PLACE_GROUPS: { name: string; places: Place[] }[] = [
  {
    name: 'Watch',
    places: [
      { href: '/', name: 'Overview', icon: 'list', key: 'o', below: ['/slos/'], often: true },
      { href: '/services', name: 'Services', icon: 'layers', key: 's', below: ['/services'], often: true },
      { href: '/journeys', name: 'Journeys', icon: 'way', key: 'j', below: ['/journeys'] },
      { href: '/incidents', name: 'Incidents', icon: 'pulse', key: 'i', below: ['/incidents'], often: true },
      { href: '/alerts', name: 'Alerts', icon: 'bell', key: 'a', below: ['/alerts'], often: true },
      { href: '/settings/walls', name: 'Walls', icon: 'screen', key: 'l', below: ['/settings/walls'] },
    ],
  },
  {
    name: 'Decide',
    places: [
      { href: '/releases', name: 'Releases', icon: 'tag', key: 'r', below: ['/releases', '/waivers'] },
      { href: '/priorities', name: 'Priorities', icon: 'rank', key: 'y', below: ['/priorities'] },
      { href: '/review', name: 'Review', icon: 'people', key: 'w', below: ['/review'] },
      { href: '/planning', name: 'Planning', icon: 'quarter', key: 'q', below: ['/planning'] },
      { href: '/corrections', name: 'Corrections', icon: 'scale', key: 'c', below: ['/corrections'] },
    ],
  },
  {
    name: 'Tell',
    places: [{ href: '/reports', name: 'Reports', icon: 'page', key: 'm', below: ['/reports'] }],
  },
  {
    name: 'Define',
    places: [
      { href: '/templates', name: 'Templates', icon: 'stamp', key: 't', below: ['/templates', '/slos/new'] },
      { href: '/slos/import', name: 'Import', icon: 'save', key: 'x', below: ['/slos/import'] },
      { href: '/policies', name: 'Policies', icon: 'shield', key: 'p', below: ['/policies'] },
      { href: '/governance', name: 'Governance', icon: 'pillars', key: 'v', below: ['/governance'] },
      { href: '/drift', name: 'Drift', icon: 'drift', key: 'd', below: ['/drift'] },
      { href: '/settings/channels', name: 'Notifications', icon: 'send', key: 'n', below: ['/settings/'] },
    ],
  },
]

export const PLACES: Place[] = PLACE_GROUPS.flatMap(({ places }) => places)

/** How deep a path lies below a place: an SLO belongs to the overview, a new one to the templates. */
const depth = (path: string, { href, below }: Place): number =>
  path === href ? path.length : Math.max(0, ...below.map((prefix) => (path.startsWith(prefix) ? prefix.length : 0)))

/** The place that a path belongs to. */
export const placeOf = (path: string): Place | undefined => {
  const [deepest] = [...PLACES].sort((a, b) => depth(path, b) - depth(path, a))
  return deepest && depth(path, deepest) > 0 ? deepest : undefined
}
