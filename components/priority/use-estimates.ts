'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { estimateNow } from '@/app/(portal)/priorities/actions'
import type { Effort } from '@/lib/priority/priority'
import type { PriorityRow } from '@/lib/priority/schema'

const SILENT = 'The portal does not answer. Nothing was changed; try again in a minute.'
type Said = { effort: Effort; version: number }

/** Efforts as somebody has just said them: they hold at once, and until the page has been read again. */
export function useEstimates(onSaid: (row: PriorityRow, effort: Effort) => void) {
  const router = useRouter()
  const [said, setSaid] = useState<ReadonlyMap<number, Said>>(new Map())
  const [message, setMessage] = useState('')
  const put = (id: number, value: Said | null) =>
    setSaid((known) => {
      const next = new Map(known)
      if (value) next.set(id, value)
      else next.delete(id)
      return next
    })
  const current = <T extends PriorityRow>(row: T): T => {
    const newer = said.get(row.slo.id)
    return newer && newer.version > row.version ? { ...row, ...newer } : row
  }
  const estimate = async (row: PriorityRow, effort: Effort) => {
    const { version, slo } = current(row)
    if (effort === current(row).effort) return
    put(slo.id, { effort, version: version + 1 })
    onSaid(row, effort)
    const result = await estimateNow({ slo: slo.id, version, effort }).catch(() => null)
    setMessage(result?.ok ? '' : (result?.message ?? SILENT))
    if (!result?.ok) put(slo.id, null)
    router.refresh()
  }
  return { current, estimate, message }
}
