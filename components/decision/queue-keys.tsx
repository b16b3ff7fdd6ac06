'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useKeys, useKeysState } from '@/components/ui/use-keys'

/** j and k walk over the requests, Enter opens one, n asks for a release. */
export function QueueKeys({ may }: { may: boolean }) {
  const router = useRouter()
  const { show } = useKeysState()
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
      if (event.key === 'n' && may) return router.push('/releases/new')
      if (step === undefined) return
      const rows = [...document.querySelectorAll<HTMLElement>('a[data-row]')]
      const here = rows.indexOf(document.activeElement as HTMLElement)
      const next = here < 0 ? (step > 0 ? rows[0] : rows.at(-1)) : rows[here + step]
      if (!next) return
      event.preventDefault()
      next.focus()
    },
    [router, may],
  )
  useKeys(onKey)
  return (
    <footer className="keys">
      <span>
        <kbd>j</kbd>
        <kbd>k</kbd> next, previous
      </span>
      <span>
        <kbd>Enter</kbd> open it
      </span>
      {may ? (
        <span>
          <kbd>n</kbd> ask for a release
        </span>
      ) : null}
      <button type="button" className="v-keys-all" onClick={show}>
        <kbd>?</kbd> all keys
      </button>
    </footer>
  )
}
