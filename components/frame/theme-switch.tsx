'use client'
import { useSyncExternalStore } from 'react'
import { Icon, type IconName } from '@/components/ui/icon'
import { Menu, MenuCheck } from '@/components/ui/menu'
import { THEME_KEY, THEMES, type Theme } from './theme'

const ICONS: Record<Theme, IconName> = { system: 'screen', light: 'sun', dark: 'moon' }
const WORDS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

const listeners = new Set<() => void>()
const current = (): Theme => (document.documentElement.dataset.theme as Theme | undefined) ?? 'system'

function choose(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(THEME_KEY, theme)
  } catch {
    // Storage is off: the choice holds until the page is left.
  }
  for (const listener of listeners) listener()
}

export function ThemeSwitch() {
  const theme = useSyncExternalStore<Theme>(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    current,
    () => 'system',
  )
  return (
    <Menu
      end
      trigger={
        <button type="button" className="btn btn-quiet btn-icon" aria-label={`Theme: ${WORDS[theme]}`}>
          <Icon name={ICONS[theme]} />
        </button>
      }
    >
      {THEMES.map((name) => (
        <MenuCheck key={name} checked={theme === name} onChange={() => choose(name)}>
          {WORDS[name]}
        </MenuCheck>
      ))}
    </Menu>
  )
}
