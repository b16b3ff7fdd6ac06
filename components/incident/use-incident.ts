'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import type { ActionResult } from '@/lib/action'
import { incidentKey } from '@/lib/incident/query-options'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'

/** Runs commands on one incident, one at a time, says what was refused, and reads the incident anew. */
export function useIncident(id: number) {
  const queries = useQueryClient()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const run = useCallback(
    async <T>(command: () => Promise<ActionResult<T>>): Promise<ActionResult<T> | null> => {
      setBusy(true)
      setMessage('')
      try {
        const result = await command()
        if (!result.ok) setMessage(result.message)
        await queries.invalidateQueries({ queryKey: incidentKey(id) })
        if (result.ok) router.refresh()
        return result
      } catch {
        setMessage(LOST)
        return null
      } finally {
        setBusy(false)
      }
    },
    [id, queries, router],
  )
  return { run, busy, message }
}
