'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { HISTORY_RANGES, type HistoryRange } from '@/lib/slo/detail'

type Keys = {
  id: number
  previousId: number | null
  nextId: number | null
  range: HistoryRange
  onRange: (range: HistoryRange) => void
}

/** [ and ] walk over SLOs, t goes through the time ranges, e to the arithmetic, w asks what if. */
export function useSloKeys({ id, previousId, nextId, range, onRange }: Keys): void {
  const router = useRouter()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      if (key === '[' && previousId !== null) router.push(`/slos/${previousId}`)
      if (key === ']' && nextId !== null) router.push(`/slos/${nextId}`)
      if (key === 't') onRange(HISTORY_RANGES[(HISTORY_RANGES.indexOf(range) + 1) % HISTORY_RANGES.length] ?? range)
      if (key === 'w') router.push(`/slos/${id}/what-if`)
      if (key === 'e') document.getElementById('explain')?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [router, id, previousId, nextId, range, onRange])
}
