'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { buildNow } from '@/app/(portal)/reports/actions'
import { useCommand } from '@/components/decision/use-command'
import { reportAddress } from './address'

/** Builds this month; nothing is written when it says the same as before. */
export function BuildAgain({ service, month, kept }: { service: string | null; month: string; kept: boolean }) {
  const router = useRouter()
  const { run, busy, message } = useCommand()
  const [said, setSaid] = useState('')
  const build = async () => {
    setSaid('')
    const result = await run(() => buildNow({ service, month }))
    if (!result?.ok) return
    setSaid(result.data.written ? `Revision ${result.data.revision} is kept.` : 'Nothing has changed: the report stays as it is.')
    router.replace(reportAddress(service, month))
  }
  return (
    <>
      <button type="button" className="btn btn-sm" disabled={busy} onClick={build}>
        {kept ? 'Build again' : 'Build and keep'}
      </button>
      <p className="r-said" role="status">
        {message || said}
      </p>
    </>
  )
}
