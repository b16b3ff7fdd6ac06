import { SvgPatterns } from '@/components/slo/svg-patterns'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { floored, targetText } from '@/lib/format'
import type { LedgerQuery } from '@/lib/ledger/period'
import type { ServiceLedger } from '@/lib/ledger/schema'
import { LedgerControls } from './ledger-controls'
import { TakeLedger } from './take-ledger'
import { WaterfallTable } from './waterfall-table'

type Props = { found: ServiceLedger; query: LedgerQuery; months: string[] }

/** Where the budgets of a service went: one ledger per SLO, because budgets of different promises do not add. */
export function ServiceLedgerPage({ found: { service, ledgers }, query, months }: Props) {
  return (
    <div className="ledger-stack">
      <SvgPatterns />
      <LedgerControls query={query} path={`/services/${service.slug}/ledger`} months={months} window="window of each" />
      {ledgers.length === 0 ? (
        <EmptyState title="No ledger yet">It begins with the first SLO of this service that is measured.</EmptyState>
      ) : null}
      {ledgers.map((ledger) => (
        <section key={ledger.slo.id} className="panel d-panel" aria-label={ledger.slo.name} data-chart>
          <header className="d-panel-head">
            <h2>
              <Link href={`/slos/${ledger.slo.id}/ledger?period=${query.period}&by=${query.by}`}>{ledger.slo.name}</Link>
            </h2>
            <span>
              target {targetText(ledger.target)} %, budget ≈ {floored(ledger.budget.minutes, 1)} min
            </span>
            <TakeLedger ledger={ledger} />
          </header>
          <div data-picture>
            <WaterfallTable ledger={ledger} />
          </div>
        </section>
      ))}
    </div>
  )
}
