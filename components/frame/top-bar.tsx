import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { ThemeSwitch } from './theme-switch'
import { UserMenu } from './user-menu'

type Props = {
  title: string
  parents?: { href: string; name: string }[]
  person: { name: string; role: string }
  children?: ReactNode
}

/** Where one is, how fresh what one sees is, and who one is. */
export function TopBar({ title, parents = [], person, children }: Props) {
  return (
    <header className="top">
      <div className="crumbs">
        {parents.map(({ href, name }) => (
          <span key={href} className="crumb">
            <Link href={href}>{name}</Link>
            <span aria-hidden="true">/</span>
          </span>
        ))}
        <h1>{title}</h1>
      </div>
      <div className="top-end">
        {children}
        <ThemeSwitch />
        <UserMenu {...person} />
      </div>
    </header>
  )
}
