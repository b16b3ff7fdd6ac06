import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'

/** The way to an empty form; on a narrow bar the word steps back. */
export function NewLink({ href, name }: { href: string; name: string }) {
  return (
    <Link className="btn btn-sm top-new" href={href} aria-label={name}>
      <Icon name="plus" />
      <span>{name}</span>
    </Link>
  )
}
