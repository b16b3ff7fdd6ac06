'use client'
import { signOut } from 'next-auth/react'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/ui/menu'

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()

async function leave(): Promise<void> {
  await signOut({ redirect: false })
  // A whole load, so that nothing of the person who left stays in memory.
  window.location.assign('/sign-in')
}

export function UserMenu({ name, role }: { name: string; role: string }) {
  return (
    <Menu
      end
      trigger={
        <button type="button" className="avatar" aria-label={`${name}, ${role}`}>
          {initials(name)}
        </button>
      }
    >
      <MenuLabel>
        <b className="menu-name">{name}</b>
        {role}
      </MenuLabel>
      <MenuLine />
      <MenuItem onSelect={leave}>
        <Icon name="leave" />
        Sign out
      </MenuItem>
    </Menu>
  )
}
