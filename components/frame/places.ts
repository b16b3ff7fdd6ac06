import type { IconName } from '@/components/ui/icon'

/** The places of the portal, in the order of the navigation; g and `key` lead there. */
export const PLACES: { href: string; name: string; icon: IconName; key: string; below: string[] }[] = [
  { href: '/', name: 'Overview', icon: 'list', key: 'o', below: ['/slos/'] },
  { href: '/services', name: 'Services', icon: 'layers', key: 's', below: ['/services'] },
  { href: '/journeys', name: 'Journeys', icon: 'way', key: 'j', below: ['/journeys'] },
  { href: '/alerts', name: 'Alerts', icon: 'bell', key: 'a', below: ['/alerts'] },
  { href: '/policies', name: 'Policies', icon: 'shield', key: 'p', below: ['/policies'] },
  { href: '/corrections', name: 'Corrections', icon: 'scale', key: 'c', below: ['/corrections'] },
  { href: '/templates', name: 'Templates', icon: 'stamp', key: 't', below: ['/templates', '/slos/new'] },
]
