import { Link } from '@/components/ui/link'

const TABS = [
  { href: '/settings/channels', name: 'Channels' },
  { href: '/settings/outbox', name: 'Outbox' },
]

/** Where notices go, and what became of them. */
export const NotifyTabs = ({ here }: { here: string }) => (
  <nav className="n-tabs" aria-label="Notifications">
    <span className="seg">
      {TABS.map(({ href, name }) => (
        <Link key={href} href={href} data-word={name} aria-current={href === here ? 'true' : undefined}>
          {name}
        </Link>
      ))}
    </span>
  </nav>
)
