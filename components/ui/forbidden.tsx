import type { ReactNode } from 'react'
import { EmptyState } from './empty-state'

/** For a page that its reader may know of and not use. */
export const Forbidden = ({ children }: { children: ReactNode }) => (
  <EmptyState title="Not yours to change">{children}</EmptyState>
)
