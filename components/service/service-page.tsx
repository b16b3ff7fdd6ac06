'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { OverviewRow } from '@/components/overview/overview-row'
import { RefreshNotice } from '@/components/overview/refresh-notice'
import { TableHead } from '@/components/overview/table-head'
import { EmptyState } from '@/components/ui/empty-state'
import { useNow } from '@/components/ui/use-now'
import type { PolicyLink } from '@/lib/policy/schema'
import type { Service } from '@/lib/service/service'
import { statesByService, worstState } from '@/lib/service/states'
import { NO_FILTER } from '@/lib/slo/overview-filter'
import type { OverviewTable } from '@/lib/slo/overview-rows'
import { overviewView } from '@/lib/slo/overview-view'
import { overviewQuery } from '@/lib/slo/query-options'
import type { SloState } from '@/lib/slo/state'
import { ContextPanel, TierPanel } from './about-panels'
import { DependencyPanel } from './dependency-panel'
import { ServiceHead } from './service-head'

type Props = {
  service: Service
  slos: OverviewTable
  policy: PolicyLink
  now: number
  mayDefine: boolean
  /** what the release gate would say */
  gate: ReactNode
}

/** A service and its SLOs, kept fresh by the same answer as the overview. */
export function ServicePage({ service, slos, policy, now: start, mayDefine, gate }: Props) {
  const { data, error, refetch } = useQuery(overviewQuery())
  const now = useNow(start)
  const table = data ?? slos
  const rows = useMemo(() => {
    const { items } = overviewView(table, NO_FILTER, { key: 'urgency', descending: true }, 'urgency')
    return items.filter((item) => item >= 0 && table.columns.serviceSlug[item] === service.slug)
  }, [table, service.slug])
  const { columns } = table
  const first = rows[0] ?? 0
  const states = useMemo(() => data && statesByService(data.columns), [data])
  const stateOf = (slug: string, before: SloState | null) => (states ? worstState(states.get(slug)) : before)
  return (
    <>
      <RefreshNotice error={error} asOf={table.asOf} now={now} onRetry={() => refetch()} />
      <ServiceHead service={service} policy={policy} now={now} mayDefine={mayDefine} />
      {gate}
      {rows.length === 0 ? (
        <EmptyState title="No SLOs yet">This service promises nothing so far.</EmptyState>
      ) : (
        <table className="o-table">
          <caption className="sr-only">SLOs of {service.name}</caption>
          <TableHead heads={{ thresholds: columns.thresholds[first] ?? [], severities: columns.severities[first] ?? [] }} />
          <tbody>
            {rows.map((row, index) => (
              <OverviewRow key={columns.id[row]} columns={columns} row={row} index={index} now={now} />
            ))}
          </tbody>
        </table>
      )}
      <div className="s-panels">
        <DependencyPanel service={service} stateOf={stateOf} />
        <ContextPanel context={service.definition.context} />
        <TierPanel service={service} />
      </div>
    </>
  )
}
