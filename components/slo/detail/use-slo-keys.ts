'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useKeys } from '@/components/ui/use-keys'
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
  const onKey = useCallback(
    ({ key }: KeyboardEvent) => {
      if (key === '[' && previousId !== null) router.push(`/slos/${previousId}`)
      if (key === ']' && nextId !== null) router.push(`/slos/${nextId}`)
      if (key === 't') onRange(HISTORY_RANGES[(HISTORY_RANGES.indexOf(range) + 1) % HISTORY_RANGES.length] ?? range)
      if (key === 'w') router.push(`/slos/${id}/what-if`)
      if (key === 'e') document.getElementById('explain')?.focus()
    },
    [router, id, previousId, nextId, range, onRange],
  )
  useKeys(onKey)
}
