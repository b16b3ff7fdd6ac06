'use client'
import { useRouter } from 'next/navigation'
import { Link } from '@/components/ui/link'
import type { Queue, QueueView } from '@/lib/decision/reads-queue'

const VIEWS: [QueueView, string][] = [
  ['all', 'All'],
  ['yours', 'Waiting for you'],
  ['approved', 'Approved'],
  ['past', 'Past'],
]

const addressOf = (view: QueueView, service: string | undefined): string => {
  const search = new URLSearchParams({ ...(view !== 'all' && { view }), ...(service && { service }) }).toString()
  return search === '' ? '/releases' : `/releases?${search}`
}

/** Which requests, of which service; and the ways to waivers and to what went out. */
export function QueueBar({ queue: { view, service, services, waivers } }: { queue: Queue }) {
  const router = useRouter()
  const open = waivers.asked + waivers.active
  return (
    <div className="q-bar">
      <nav className="seg" aria-label="Which requests">
        {VIEWS.map(([key, name]) => (
          <Link key={key} href={addressOf(key, service)} data-word={name} aria-current={view === key ? 'true' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <label className="q-service">
        <span>Service</span>
        <select
          className="input"
          value={service ?? ''}
          onChange={({ target }) => router.push(addressOf(view, target.value || undefined))}
        >
          <option value="">all</option>
          {services.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span className="q-ways">
        <Link className="btn btn-quiet btn-sm" href="/waivers">
          Waivers{open === 0 ? '' : ` (${open} open)`}
        </Link>
        <Link className="btn btn-quiet btn-sm" href="/releases/history">
          What went out
        </Link>
      </span>
    </div>
  )
}
