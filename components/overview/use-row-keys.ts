'use client'
import { type RefObject, useCallback } from 'react'
import { useKeys } from '@/components/ui/use-keys'

type Keys = {
  items: number[]
  focusRow: RefObject<(place: number) => void>
  search: RefObject<HTMLInputElement | null>
}

/** j and k walk over rows, / goes to the filter. Enter opens, because a row's link has the focus. */
export function useRowKeys({ items, focusRow, search }: Keys): void {
  const step = useCallback(
    (by: 1 | -1) => {
      const row = document.activeElement?.closest<HTMLElement>('[data-index]')
      let place = row ? Number(row.dataset.index) + by : by === 1 ? 0 : items.length - 1
      while (place >= 0 && place < items.length && (items[place] as number) < 0) place += by
      if (place >= 0 && place < items.length) focusRow.current(place)
    },
    [items, focusRow],
  )
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (event.key === '/') search.current?.focus()
      else if (event.key === 'j' || event.key === 'ArrowDown') step(1)
      else if (event.key === 'k' || event.key === 'ArrowUp') step(-1)
      else return
      event.preventDefault()
    },
    [search, step],
  )
  const whileTyping = useCallback(
    (event: KeyboardEvent) => {
      if (event.key === 'Escape' || event.key === 'ArrowDown') search.current?.blur()
      if (event.key === 'ArrowDown') step(1)
    },
    [search, step],
  )
  useKeys(onKey, whileTyping)
}
