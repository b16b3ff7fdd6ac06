import Link from 'next/link'
import { Icon } from '@/components/ui/icon'

/** The way to the editor; on a narrow bar the word steps back. */
export function NewSloLink({ service }: { service?: string }) {
  return (
    <Link
      className="btn btn-sm top-new"
      href={service ? `/slos/new?service=${service}` : '/slos/new'}
      prefetch={false}
      aria-label="New SLO"
    >
      <Icon name="plus" />
      <span>New SLO</span>
    </Link>
  )
}
