'use client'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon'

type MenuProps = { trigger: ReactNode; children: ReactNode; end?: boolean; onOpenChange?: (open: boolean) => void }

/** A menu under a button. `trigger` is the button. */
export function Menu({ trigger, children, end = false, onOpenChange }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...(onOpenChange && { onOpenChange })}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={end ? 'end' : 'start'} sideOffset={5} collisionPadding={8}>
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

type Search = { label: string; value: string; onChange: (value: string) => void }

/** A field at the top of a long menu. Arrows and Esc stay those of the menu; every other key is typed. */
export const MenuSearch = ({ label, value, onChange }: Search) => (
  <input
    type="search"
    className="menu-search"
    aria-label={label}
    placeholder={label}
    value={value}
    onChange={(event) => onChange(event.target.value)}
    onKeyDown={(event) => {
      if (!['ArrowDown', 'ArrowUp', 'Escape', 'Tab'].includes(event.key)) event.stopPropagation()
    }}
  />
)

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
)
export const MenuLine = () => <DropdownMenu.Separator className="menu-line" />
