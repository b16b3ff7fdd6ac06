import type { ReactNode } from 'react'

type Props = {
  title: string
  children: ReactNode
  action?: ReactNode
  /** nothing else on the page has a title */
  alone?: boolean
}

export function EmptyState({ title, children, action, alone = false }: Props) {
  return (
    <div className="empty">
      {alone ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{children}</p>
      {action}
    </div>
  )
}
