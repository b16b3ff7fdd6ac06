import type { ReactNode } from 'react'

/** One sentence about the whole page, and what to do about it. */
export function Notice({
  tone = 'warning',
  children,
  action,
}: {
  tone?: 'warning' | 'critical' | 'info'
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'info' ? 'note' : 'status'}>
      <p>{children}</p>
      {action}
    </div>
  )
}
