'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { cancelNow, replayNow } from '@/app/(portal)/settings/outbox/actions'
import type { OutboxState } from '@/lib/notify/schema'

/** Send once more what is out or given up; take back what waits. */
export function MessageDo({ id, state, subject }: { id: number; state: OutboxState; subject: string }) {
  const router = useRouter()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const run = async (work: typeof cancelNow | typeof replayNow) => {
    setBusy(true)
    const result = await work({ id })
    setBusy(false)
    setMessage(result.ok ? '' : result.message)
    router.refresh()
  }
  if (state === 'sending') return null
  const waits = state === 'waiting'
  return (
    <>
      <button type="button" className="btn btn-quiet btn-sm" disabled={busy} onClick={() => run(waits ? cancelNow : replayNow)}>
        {waits ? 'Cancel' : 'Send again'}
        <span className="sr-only"> {subject}</span>
      </button>
      {message ? (
        <span className="n-second" role="alert">
          {message}
        </span>
      ) : null}
    </>
  )
}
