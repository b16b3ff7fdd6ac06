'use client'
import { useRouter } from 'next/navigation'
import type { ChannelInfo, OutboxFilter } from '@/lib/notify/schema'
import { OUTBOX_STATES } from '@/lib/notify/schema'

type Props = { filter: OutboxFilter; channels: Pick<ChannelInfo, 'id' | 'name'>[] }

/** State and channel, in the address. */
export function OutboxFilterBar({ filter: { state, channel }, channels }: Props) {
  const router = useRouter()
  const go = (change: { state?: string; channel?: string }) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries({ state: state ?? '', channel: String(channel ?? ''), ...change }))
      if (value) search.set(name, value)
    router.push(`/settings/outbox${search.size > 0 ? `?${search}` : ''}`)
  }
  return (
    <div className="n-filter">
      <label>
        <span>State</span>
        <select className="input" value={state ?? ''} onChange={({ target }) => go({ state: target.value })}>
          <option value="">any</option>
          {OUTBOX_STATES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Channel</span>
        <select className="input" value={channel ?? ''} onChange={({ target }) => go({ channel: target.value })}>
          <option value="">any</option>
          {channels.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
