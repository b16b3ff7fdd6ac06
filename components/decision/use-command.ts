'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useState, useTransition } from 'react'
import type { ActionResult } from '@/lib/action'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'

/** Runs one command at a time, says what was refused, and reads the page anew. `conflict`: somebody else was faster. */
export function useCommand() {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  // Until the page is read anew, the next command would meet what was.
  const [reading, startReading] = useTransition()
  const [message, setMessage] = useState('')
  const [conflict, setConflict] = useState(false)
  const run = useCallback(
    async <T>(command: () => Promise<ActionResult<T>>): Promise<ActionResult<T> | null> => {
      setBusy(true)
      setMessage('')
      setConflict(false)
      try {
        const result = await command()
        if (result.ok) startReading(() => router.refresh())
        else setMessage(result.message)
        setConflict(!result.ok && result.status === 409)
        return result
      } catch {
        setMessage(LOST)
        return null
      } finally {
        setBusy(false)
      }
    },
    [router],
  )
  const readAgain = useCallback(() => {
    setMessage('')
    setConflict(false)
    startReading(() => router.refresh())
  }, [router])
  return { run, busy: busy || reading, message, conflict, readAgain }
}
