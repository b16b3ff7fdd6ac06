import Link from 'next/link'
import { EmptyState } from '@/components/ui/empty-state'

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
