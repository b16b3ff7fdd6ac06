'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { KeysContext, listenToKeys } from '@/components/ui/use-keys'
import { KeysHelp } from './keys-help'
import { PLACES } from './places'

const OFF = 'headroom-keys-off'
/** Two keys pressed within this belong together. Milliseconds. */
const TOGETHER = 1_500

/** The keys of every page: g and a letter lead to a place, ? shows them all, those of the place named `first` before others. They can be switched off (WCAG 2.1.4). */
export function KeysProvider({ children, first }: { children: ReactNode; first?: string }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [on, setOn] = useState(true)
  const went = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => setOn(localStorage.getItem(OFF) === null), [])
  const onSwitch = useCallback((next: boolean) => {
    if (next) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, '1')
    setOn(next)
  }, [])
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      const place = event.timeStamp - went.current < TOGETHER ? PLACES.find(({ key }) => key === event.key) : undefined
      went.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (event.key === '?') setOpen(true)
      else if (place) router.push(place.href)
      else return
      event.preventDefault()
    },
    [router],
  )
  // First, so that the second of two keys is not also one of the page.
  useEffect(() => (on ? listenToKeys(onKey, { first: true }) : undefined), [on, onKey])
  const state = useMemo(() => ({ on, show: () => setOpen(true) }), [on])
  return (
    <KeysContext value={state}>
      {children}
      <KeysHelp first={first} open={open} on={on} onOpenChange={setOpen} onSwitch={onSwitch} />
    </KeysContext>
  )
}
