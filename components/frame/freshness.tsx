'use client'
import { useNow } from '@/components/ui/use-now'
import { ageText } from '@/lib/format'
import { clockText } from '@/lib/format-time'

/** A poller that works is never further behind. */
const LATE = 240

/** "Data to 14:35:00 · 40 s ago" */
export function Freshness({ asOf, start }: { asOf: number | null; start: number }) {
  const now = useNow(start)
  if (asOf === null) return null
  const age = now - asOf
  return (
    <span className={`fresh ${age > LATE ? 'fresh-stale' : ''}`} title="All times are UTC">
      <i />
      <span>
        <span className="fresh-words">Data to </span>
        {clockText(asOf)}
        <span className="fresh-words"> · {ageText(age)} ago</span>
      </span>
    </span>
  )
}
