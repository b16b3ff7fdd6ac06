'use client'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'

type Props = {
  trigger: ReactNode
  label: string
  words: string
  onWords: (words: string) => void
  children: ReactNode
}

/** A list under a button that is too long to read: a field finds what one types. `trigger` is the button. */
export function SearchList({ trigger, label, words, onWords, children }: Props) {
  return (
    <Popover.Root onOpenChange={() => onWords('')}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu" align="start" sideOffset={5} collisionPadding={8} aria-label={label}>
          <input
            type="search"
            className="menu-search"
            aria-label={label}
            placeholder={label}
            value={words}
            onChange={(event) => onWords(event.target.value)}
          />
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

type Check = { checked: boolean; onChange: () => void; children: ReactNode; count: number }

export const SearchListCheck = ({ checked, onChange, children, count }: Check) => (
  <label className="menu-item">
    <input type="checkbox" checked={checked} onChange={onChange} />
    <span className="menu-word">{children}</span>
    <span className="menu-count">{count}</span>
  </label>
)
