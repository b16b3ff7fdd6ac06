'use client'
import { useEffect } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

type OnKey = (event: KeyboardEvent) => void

/**
 * Single keys of a page. Never inside a field (those go to `whileTyping`), with a modifier, or behind a dialog. The root says
 * while it listens: a page that is not alive yet takes no keys.
 */
export function useKeys(onKey: OnKey, whileTyping?: OnKey): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target)) return whileTyping?.(event)
      if (!document.querySelector('[role="dialog"], [role="menu"]')) onKey(event)
    }
    window.addEventListener('keydown', listen)
    document.documentElement.dataset.keys = 'on'
    return () => {
      window.removeEventListener('keydown', listen)
      delete document.documentElement.dataset.keys
    }
  }, [onKey, whileTyping])
}
