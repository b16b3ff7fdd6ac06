import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'

export default function NotFound() {
  return (
    <main>
      <EmptyState
        alone
        title="There is nothing here"
        action={
          <Link href="/" className="btn btn-primary">
            To the overview
          </Link>
        }
      >
        The address is wrong, or what it showed was deleted.
      </EmptyState>
    </main>
  )
}
