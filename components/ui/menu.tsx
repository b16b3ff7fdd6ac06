'use client'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon'

/** A menu under a button. `trigger` is the button. */
type MenuProps = {
  trigger: ReactNode
  children: ReactNode
  end?: boolean
  /** its default puts the focus back on the button */
  onCloseAutoFocus?: (event: Event) => void
}

export function Menu({ trigger, children, end = false, onCloseAutoFocus }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={end ? 'end' : 'start'}
          sideOffset={5}
          collisionPadding={8}
          {...(onCloseAutoFocus && { onCloseAutoFocus })}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

type Check = { checked: boolean; onChange: () => void; children: ReactNode; count?: number }

/** One of several that may be on; the menu stays open. */
export function MenuCheck({ checked, onChange, children, count }: Check) {
  return (
    <DropdownMenu.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="menu-tick">{checked ? <Icon name="check" /> : null}</span>
      <span className="menu-word">{children}</span>
      {count === undefined ? null : <span className="menu-count">{count}</span>}
    </DropdownMenu.CheckboxItem>
  )
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}

export const MenuLink = ({ href, download, children }: { href: string; download?: boolean; children: ReactNode }) => (
  <DropdownMenu.Item className="menu-item" asChild>
    <a href={href} download={download}>
      {children}
    </a>
  </DropdownMenu.Item>
)

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
)
export const MenuLine = () => <DropdownMenu.Separator className="menu-line" />
