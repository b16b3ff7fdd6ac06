'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { OverviewRow } from '@/components/overview/overview-row'
import { RefreshNotice } from '@/components/overview/refresh-notice'
import { TableHead } from '@/components/overview/table-head'
import { StateBadge } from '@/components/slo/state-badge'
import { EmptyState } from '@/components/ui/empty-state'
import { useNow } from '@/components/ui/use-now'
import { dayText } from '@/lib/format-time'
import type { ServiceSummary } from '@/lib/slo/detail'
import { NO_FILTER } from '@/lib/slo/overview-filter'
import type { OverviewTable } from '@/lib/slo/overview-rows'
import { overviewView } from '@/lib/slo/overview-view'
import { overviewQuery } from '@/lib/slo/query-options'
import type { SloState } from '@/lib/slo/state'
import { StateCounts } from './state-counts'

type Props = { service: ServiceSummary & { createdAt: number }; slos: OverviewTable; now: number }

/** A service and its SLOs, kept fresh by the same answer as the overview. */
export function ServicePage({ service, slos, now: start }: Props) {
  const { data, error, refetch } = useQuery(overviewQuery())
  const now = useNow(start)
  const table = data ?? slos
  const rows = useMemo(() => {
    const { items } = overviewView(table, NO_FILTER, { key: 'urgency', descending: true }, 'urgency')
    return items.filter((item) => item >= 0 && table.columns.serviceSlug[item] === service.slug)
  }, [table, service.slug])
  return (
    <>
      <RefreshNotice error={error} asOf={table.asOf} now={now} onRetry={() => refetch()} />
      <header className="d-head">
        <div className="d-name">
          {service.worst ? <StateBadge state={service.worst as SloState} large /> : null}
          <h2>{service.name}</h2>
          <span className="tag">{service.tier} tier</span>
          <span className="tag">{service.kind}</span>
          <span className="tag">{service.team}</span>
          {service.labels.map((label) => (
            <span key={label} className="tag tag-line">
              {label}
            </span>
          ))}
        </div>
        <p className="d-sentence">
          {service.description} Here since {dayText(service.createdAt, now)}.
        </p>
        <StateCounts states={service.states} />
      </header>
      {rows.length === 0 ? (
        <EmptyState title="No SLOs yet">This service promises nothing so far.</EmptyState>
      ) : (
        <table className="o-table">
          <caption className="sr-only">SLOs of {service.name}</caption>
          <TableHead thresholds={table.columns.thresholds[rows[0] ?? 0] ?? []} />
          <tbody>
            {rows.map((row, index) => (
              <OverviewRow key={table.columns.id[row]} columns={table.columns} row={row} index={index} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
