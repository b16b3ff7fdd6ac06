'use client'
import { useRouter } from 'next/navigation'
import { useHydrated } from '@/components/ui/use-hydrated'
import { monthName } from '@/lib/report/month'
import { ALL_SERVICES } from './address'

type Props = { services: { slug: string; name: string }[]; months: string[]; service: string | null; month: string }

/** Whose month; the address says both. */
export function SummaryFilter({ services, months, service, month }: Props) {
  const router = useRouter()
  const ready = useHydrated()
  const go = (to: { service: string; month: string }) => router.push(`/reports/summary?${new URLSearchParams(to)}`)
  return (
    <div className="n-filter rs-filter">
      <label>
        <span>Of</span>
        <select
          className="input"
          value={service ?? ''}
          disabled={!ready}
          onChange={({ target }) => go({ service: target.value, month })}
        >
          <option value="">{ALL_SERVICES}</option>
          {services.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Month</span>
        <select
          className="input"
          value={month}
          disabled={!ready}
          onChange={({ target }) => go({ service: service ?? '', month: target.value })}
        >
          {[...new Set([...months, month])].map((one) => (
            <option key={one} value={one}>
              {monthName(one)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
