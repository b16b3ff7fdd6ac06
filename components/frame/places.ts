import type { IconName } from '@/components/ui/icon'

/** The places of the portal, in the order of the navigation; g and `key` lead there. */
export const PLACES: { href: string; name: string; icon: IconName; key: string; below: string[] }[] = [
  { href: '/', name: 'Overview', icon: 'list', key: 'o', below: ['/slos/'] },
  { href: '/services', name: 'Services', icon: 'layers', key: 's', below: ['/services'] },
  { href: '/journeys', name: 'Journeys', icon: 'way', key: 'j', below: ['/journeys'] },
  { href: '/releases', name: 'Releases', icon: 'tag', key: 'r', below: ['/releases'] },
  { href: '/settings/channels', name: 'Notifications', icon: 'send', key: 'n', below: ['/settings/'] },
  { href: '/corrections', name: 'Corrections', icon: 'scale', key: 'c', below: ['/corrections'] },
  { href: '/templates', name: 'Templates', icon: 'stamp', key: 't', below: ['/templates', '/slos/new'] },
]
