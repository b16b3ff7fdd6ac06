'use client'
import { EmptyState } from '@/components/ui/empty-state'

export default function PortalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="content" className="content">
      <EmptyState
        alone
        title="This page could not be made"
        action={
          <button type="button" className="btn btn-primary" onClick={reset}>
            Try again
          </button>
        }
      >
        The fault is on our side and was logged{error.digest ? ` as ${error.digest}` : ''}. Nothing was lost.
      </EmptyState>
    </main>
  )
}
