'use client'
import { createContext, useContext, useEffect } from 'react'

/** Whether single keys are on, and the way to the list of them. `components/frame/keys-provider.tsx` fills it. */
export type Keys = { on: boolean; show: () => void }
export const KeysContext = createContext<Keys>({ on: true, show: () => {} })
export const useKeysState = (): Keys => useContext(KeysContext)

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

type OnKey = (event: KeyboardEvent) => void

/**
 * Single keys: never inside a field (those go to `whileTyping`), with a modifier, or behind a dialog. `first`: before those who
 * listen otherwise.
 */
export function listenToKeys(onKey: OnKey, { whileTyping, first = false }: { whileTyping?: OnKey; first?: boolean }): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (isTyping(event.target)) return whileTyping?.(event)
    if (!document.querySelector('[role="dialog"], [role="menu"]')) onKey(event)
  }
  window.addEventListener('keydown', listen, first)
  return () => window.removeEventListener('keydown', listen, first)
}

/** The keys of a page. The root says while it listens: a page that is not alive yet takes no keys. */
export function useKeys(onKey: OnKey, whileTyping?: OnKey): void {
  const { on } = useKeysState()
  useEffect(() => {
    if (!on) return
    const stop = listenToKeys(onKey, whileTyping ? { whileTyping } : {})
    document.documentElement.dataset.keys = 'on'
    return () => {
      stop()
      delete document.documentElement.dataset.keys
    }
  }, [on, onKey, whileTyping])
}
